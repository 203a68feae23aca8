import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { FIELD_LIST } from '../../../lambdas/core/encounter/contract.ts';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../../../lambdas/core/encounter/examples.ts';
import type { OpenPage, Site } from './open-page.ts';

const probability = ({ page }: OpenPage) => page.locator('[data-testid=probability][data-stale=false]');
const preset = ({ page }: OpenPage, name: string) => page.getByRole('button', { name, exact: true }).click();

/** What a clinician does with the form. */
export function predictTests(site: () => Site): void {
  test('an example gives probability, risk, observed rate, model version and what moved it, and nothing goes wrong', async () => {
    const opened = await site().open('#/predict');
    await preset(opened, 'High risk');
    const text = await opened.page.locator('.answer').innerText();
    expect(text).toMatch(/\d+\.\d %/);
    expect(text).toMatch(/(High|Low) risk/);
    expect(text).toMatch(/of [\d,]+ stays with a similar score came back/);
    expect(text).toContain('version 4');
    expect(await opened.page.locator('.contributions li').count()).toBe(8);
    expect(text).toMatch(/(raised|lowered) the risk/);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });

  test('every field of the contract has a labelled input, and the keyboard alone fills the form', async () => {
    const opened = await site().open('#/predict');
    for (const { label, kind } of FIELD_LIST) {
      const role =
        kind === 'flag'
          ? opened.page.getByRole('group', { name: label.en })
          : opened.page.getByLabel(label.en, { exact: false });
      expect(await role.count(), label.en).toBeGreaterThan(0);
    }
    await opened.page.locator('#field-diag_1').focus();
    await opened.page.keyboard.type('heart fail');
    await opened.page.keyboard.press('ArrowDown');
    await opened.page.keyboard.press('Enter');
    expect(await opened.page.locator('#field-diag_1').inputValue()).toBe('428');
    await opened.close();
  });

  test('a wrong value is named beside its field, nothing is asked, and putting it right predicts', async () => {
    const opened = await site().open('#/predict');
    await preset(opened, 'Low risk');
    await probability(opened).waitFor();
    const days = opened.page.getByLabel('Days in hospital');
    await days.fill('15');
    const asked = opened.urls.length;
    await opened.page.getByRole('button', { name: 'Predict again' }).click();
    await opened.page.getByText('Needs a whole number from 1 to 14.').waitFor();
    expect(await days.getAttribute('aria-invalid')).toBe('true');
    expect(await days.evaluate('document.activeElement.id')).toBe('field-time_in_hospital');
    expect(opened.urls.slice(asked).filter((url) => url.includes('/predict'))).toEqual([]);
    await days.fill('14');
    await probability(opened).waitFor();
    await opened.close();
  });

  test('what if: one changed field shows its effect at once, and is undone', async () => {
    const opened = await site().open('#/predict');
    await preset(opened, 'Low risk');
    const before = await probability(opened).innerText();
    await opened.page.getByLabel('Inpatient stays').fill('6');
    const whatIf = opened.page.locator('.what-if');
    await whatIf.getByText('Inpatient stays: 0').waitFor();
    expect(await whatIf.locator('.delta').innerText()).toMatch(/→.*[+−]\d+\.\d percentage points/);
    expect(await probability(opened).innerText()).not.toBe(before);
    await opened.page.getByRole('button', { name: 'Undo the changes' }).click();
    expect(await probability(opened).innerText()).toBe(before);
    await opened.close();
  });

  test('a link holds the encounter in its fragment only: no server is told, and the address bar forgets it', async () => {
    const payload = Buffer.from(JSON.stringify(HIGH_RISK_PRESET)).toString('base64url');
    const opened = await site().open(`#/predict?e=${payload}`);
    await probability(opened).waitFor();
    expect(await opened.page.getByLabel('Laboratory tests').inputValue()).toBe('65');
    expect(opened.page.url()).not.toContain(payload.slice(0, 20));
    for (const url of opened.urls.slice(1)) expect(new URL(url).search).toMatch(/^(\?explain=true)?$/);
    await opened.close();
  });

  test('pasted JSON fills the form; what is no JSON is told', async () => {
    const opened = await site().open('#/predict');
    await opened.page.getByRole('button', { name: 'Paste JSON' }).click();
    await opened.page.getByLabel('The body that POST /predict takes').fill('{"race": ');
    await opened.page.getByRole('button', { name: 'Use it' }).click();
    await opened.page.getByText('This is no JSON object.').waitFor();
    await opened.page.getByLabel('The body that POST /predict takes').fill(JSON.stringify(LOW_RISK_PRESET));
    await opened.page.getByRole('button', { name: 'Use it' }).click();
    await probability(opened).waitFor();
    await opened.close();
  });

  test('a CSV of 1,200 encounters, one of them wrong, gives 1,200 lines in order with its reason', async () => {
    const names = FIELD_LIST.map(({ name }) => name);
    const line = (preset: Readonly<Record<string, unknown>>) => names.map((name) => String(preset[name])).join(',');
    const rows = Array.from(
      { length: 1200 },
      (_, i) => `${i},${line(i % 2 === 0 ? LOW_RISK_PRESET : HIGH_RISK_PRESET)}`,
    );
    rows[700] = `700,${line({ ...LOW_RISK_PRESET, time_in_hospital: 99 })}`;
    const file = join(inject('folder'), 'encounters.csv');
    writeFileSync(file, ['id', ...names].join(',').concat('\n', rows.join('\n'), '\n'));

    const { page, close } = await site().open('#/predict');
    await page.getByRole('tab', { name: 'A file of encounters' }).click();
    await page.getByLabel('Drop a CSV here').setInputFiles(file);
    await page.getByText('1,200 of 1,200').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the results' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(1201);
    expect(lines[1]).toMatch(/^2,0,0\.\d+,[01],/);
    expect(lines[701]).toMatch(/^702,700,,,,,,.*time_in_hospital/);
    await close();
  });

  test('the browser language decides first, the switch changes everything and is remembered', async () => {
    const { page, close } = await site().open('#/predict', { locale: 'es-ES' });
    await page.getByRole('heading', { name: 'Predecir' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('es');
    await page.getByLabel('Días de hospitalización').waitFor();
    await page.getByRole('button', { name: 'Riesgo alto', exact: true }).click();
    expect(await page.locator('.probability').innerText()).toMatch(/\d+,\d %/);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByLabel('Days in hospital').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Predict', exact: true }).waitFor();
    await close();
  });

  test('while the service is down a banner says so, the form keeps everything, and it goes on when it is back', async () => {
    const opened = await site().open('#/predict');
    await preset(opened, 'High risk');
    await probability(opened).waitFor();
    await opened.page.context().setOffline(true);
    await opened.page.getByLabel('Medications').fill('30');
    await opened.page.locator('.banners').getByRole('alert').waitFor();
    expect(await opened.page.getByLabel('Medications').inputValue()).toBe('30');
    expect(await opened.page.getByLabel('Laboratory tests').inputValue()).toBe('65');
    await opened.page.context().setOffline(false);
    await opened.page.getByRole('button', { name: 'Predict again' }).click();
    await probability(opened).waitFor();
    await opened.page.locator('.banners').getByRole('alert').waitFor({ state: 'detached' });
    await opened.close();
  });
}
