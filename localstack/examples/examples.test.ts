import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HIGH_RISK_PRESET, LOAD_TEST_PATIENT, LOW_RISK_PRESET } from '../../lambdas/core/encounter/examples.ts';

it.each([
  ['low-risk', LOW_RISK_PRESET],
  ['high-risk', HIGH_RISK_PRESET],
  ['third-patient', LOAD_TEST_PATIENT],
])('%s.json is the patient that the form and the API description show', (name, preset) => {
  expect(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))).toEqual(preset);
});
