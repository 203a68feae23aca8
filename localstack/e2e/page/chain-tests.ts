import { expect, inject, test } from 'vitest';
import type { Site } from './open-page.ts';

const LONG = 240_000;

/** The page in front of an empty registry, and the chain run from it. */
export function chainTests(site: () => Site): void {
  test('while no model is promoted the page says so, and predicting tells what to do', async () => {
    const { page, close } = await site().open('#/predict');
    await page.getByText('no model promoted').waitFor();
    await page.getByRole('button', { name: 'High risk', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'No model is promoted' }).waitFor();
    await close();
  });

  test('an unknown token starts nothing and is asked for again', async () => {
    const { page, close } = await site().open('#/pipeline');
    await page.getByLabel('Access token').fill('not-a-token');
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.getByLabel('Bring a new file in').setInputFiles(inject('sample'));
    await page.getByRole('alert').filter({ hasText: 'was refused' }).waitFor();
    await page.getByLabel('Access token').waitFor();
    await close();
  });

  test(
    'a file is uploaded, the chain started, followed state by state, and its model promoted and serving',
    async () => {
      const { page, complaints, close } = await site().open('#/pipeline');
      await page.getByLabel('Access token').fill(await site().cloud.token('operate'));
      await page.getByRole('button', { name: 'Use', exact: true }).click();
      await page.getByLabel('Bring a new file in').setInputFiles(inject('sample'));
      await page.locator('#source option', { hasText: 'sample.csv' }).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'Start', exact: true }).click();

      const execution = page.locator('.execution');
      await execution.getByRole('status').filter({ hasText: 'running' }).waitFor();
      await execution.locator('.states > li.running').first().waitFor();
      await execution.locator('.node.running').first().waitFor();
      const promoted = execution.getByText(/^promoted/).first();
      await promoted.waitFor({ timeout: LONG });
      const states = await execution.locator('.states .name').allTextContents();
      expect(states).toEqual(
        expect.arrayContaining(['Ingest', 'CleanBatches', 'TrainCandidates', 'Evaluate', 'Promote']),
      );
      const cleaning = execution
        .locator('.states > li')
        .filter({ has: page.getByText('CleanBatches', { exact: true }) });
      await cleaning.locator('.name').click();
      expect(await cleaning.locator('.items > li.succeeded').count()).toBe(3);
      expect(await execution.locator('.node.succeeded').count()).toBeGreaterThan(5);
      await page.getByText('model version 4').waitFor({ timeout: 30_000 });
      expect(complaints.filter((text) => !text.includes('status of 503'))).toEqual([]);
      await close();
    },
    LONG,
  );
}
