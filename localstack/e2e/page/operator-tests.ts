import { expect, test } from 'vitest';
import type { Site } from './open-page.ts';

/** Who serves is changed from the page, and the ledger tells it. */
export function operatorTests(site: () => Site): void {
  test('a version is promoted and rolled back with reasons, and the timeline shows both', async () => {
    const { page, complaints, close } = await site().open('#/models');
    await page.getByLabel('Access token').fill(await site().cloud.token('operate'));
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.getByLabel('Version', { exact: true }).selectOption('2');
    const promote = page.getByRole('button', { name: 'Promote this version' });
    expect(await promote.isDisabled()).toBe(true);
    await page.getByLabel('Reason').fill('Better for patients above 80');
    await promote.click();
    await page.getByText('Version 2 serves now').waitFor();
    await page.locator('.timeline').getByText('Better for patients above 80').waitFor();
    await page.getByText('version 2 serves', { exact: false }).first().waitFor();

    await page.getByLabel('Reason').fill('Complaints since noon');
    await page.getByRole('button', { name: 'Roll back to the one before' }).click();
    await page.getByText('Version 4 serves now').waitFor();
    await page.locator('.timeline').getByText('Rolled back to version 4').waitFor();
    await page.getByText('an unbroken chain of 3 entries').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('who served at a time is answered, and before the first promotion it was nobody', async () => {
    const { page, close } = await site().open('#/models');
    const asOf = page.getByLabel('Who served at this time?');
    await asOf.fill('2020-01-01T00:00');
    await asOf.blur();
    await page.getByText('Nobody served at').waitFor();
    await asOf.fill('2099-01-01T00:00');
    await asOf.blur();
    await page.getByText('Version 4 served at').waitFor();
    await close();
  });

  test('rows that were put aside are shown to an operator alone', async () => {
    const { page, close } = await site().open('#/pipeline');
    await page.getByRole('tab', { name: 'Quarantine' }).click();
    await page.getByLabel('Access token').fill(await site().cloud.token('read'));
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'was refused' }).waitFor();
    expect(await page.locator('tbody').count()).toBe(0);
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByLabel('Access token').fill(await site().cloud.token('operate'));
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.locator('tbody button').first().waitFor();
    await close();
  });

  test('a token that may only read promotes nothing', async () => {
    const { page, close } = await site().open('#/models');
    await page.getByLabel('Access token').fill(await site().cloud.token('read'));
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await page.getByLabel('Reason').fill('Because I want to');
    await page.getByRole('button', { name: 'Promote this version' }).click();
    await page.getByRole('alert').filter({ hasText: 'was refused' }).waitFor();
    await page.getByText('an unbroken chain of 3 entries').waitFor();
    await close();
  });
}
