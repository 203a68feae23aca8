import { expect, test } from 'vitest';
import { encounterSchema, FIELD_LIST } from '../../../lambdas/core/encounter/contract.ts';
import { HIGH_RISK_PRESET, LOAD_TEST_PATIENT, LOW_RISK_PRESET } from '../../../lambdas/core/encounter/examples.ts';
import { BLANK, bodyOf, changed, check, draftOf } from './draft.ts';

test.each([
  ['low', LOW_RISK_PRESET],
  ['high', HIGH_RISK_PRESET],
  ['load test', LOAD_TEST_PATIENT],
])('the %s example goes through the form unchanged', (_, preset) => {
  expect(bodyOf(draftOf(preset))).toMatchObject(preset);
});

test('the draft has every field of the contract, and a blank one names exactly those that must be filled in', () => {
  expect(Object.keys(BLANK).sort()).toEqual(FIELD_LIST.map(({ name }) => name).sort());
  const checked = check(BLANK);
  const open = FIELD_LIST.filter((field) => field.presence === 'required').map(({ name }) => name);
  expect(checked.ok ? [] : [...checked.wrong].sort()).toEqual([...open].sort());
});

test('not known stays not known, and the service agrees with the form on what is wrong', () => {
  const draft = { ...draftOf(HIGH_RISK_PRESET), diag_2: '', medical_specialty: ' ', num_medications: '1.5' };
  expect(bodyOf(draft)).toMatchObject({ diag_2: null, medical_specialty: null });
  const issues = encounterSchema.safeParse(bodyOf(draft)).error?.issues.map(({ path }) => path[0]);
  expect(issues).toEqual(['num_medications']);
  expect(check(draft)).toEqual({ ok: false, wrong: new Set(['num_medications']) });
  expect(changed(draft, draftOf(HIGH_RISK_PRESET)).map(({ name }) => name)).toEqual([
    'num_medications',
    'diag_2',
    'medical_specialty',
  ]);
});
