import { expect, test } from 'vitest';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { SAMPLE } from '../dataset/sample.ts';
import { encounterSchema } from '../encounter/contract.ts';
import { LOW_RISK_PRESET } from '../encounter/examples.ts';
import { warningsOf } from './warnings.ts';

const seen = {
  num_medications: { kind: 'range', min: 1, max: 81 },
  medical_specialty: { kind: 'values', values: ['Cardiology', null] },
  change_med: { kind: 'values', values: [true, false] },
} as const;
const check = warningsOf(seen, DIABETES_130);
const codes = (changes: object) =>
  check(encounterSchema.parse({ ...LOW_RISK_PRESET, ...changes })).map(({ field, code }) => `${field}: ${code}`);

test('a model of generated rows says so with every answer', () => {
  const [first] = warningsOf(seen, SAMPLE)(encounterSchema.parse(LOW_RISK_PRESET));
  expect(first).toMatchObject({ field: 'model_version', code: 'synthetic_training_data' });
});

test.each([
  ['an encounter like those of training', {}, []],
  ['a number beyond the training range', { num_medications: 82 }, ['num_medications: outside_training_range']],
  ['a number at its edge', { num_medications: 81 }, []],
  ['a value never seen', { medical_specialty: 'Astrology' }, ['medical_specialty: unseen_value']],
  ['a value that is not known', { medical_specialty: null }, []],
  ['an id that means "not available"', { admission_source_id: 9 }, ['admission_source_id: unmapped_id']],
  ['an id that the mapping does not name', { admission_source_id: 16 }, ['admission_source_id: unmapped_id']],
  [
    'a stay that ended in death',
    { discharge_disposition_id: 11 },
    ['discharge_disposition_id: ineligible_disposition'],
  ],
  ['hospice care', { discharge_disposition_id: 13 }, ['discharge_disposition_id: ineligible_disposition']],
])('%s', (_, changes, expected) => {
  expect(codes(changes)).toEqual(expected);
});

test('no warning tells what the patient has', () => {
  const [warning] = check(encounterSchema.parse({ ...LOW_RISK_PRESET, medical_specialty: 'Secretology' }));
  expect(JSON.stringify(warning)).not.toContain('Secretology');
});

test('a code of a system that training held none of says so, and one that it merely never held says that', () => {
  const ofNine = warningsOf({ diag_1: { kind: 'values', values: ['428', 'E885', null] } }, DIABETES_130);
  const of = (diag_1: string) => ofNine(encounterSchema.parse({ ...LOW_RISK_PRESET, diag_1 }))[0];
  expect(of('i50.9')).toMatchObject({
    field: 'diag_1',
    code: 'unseen_coding_system',
    message: expect.stringContaining('ICD-10-CM'),
  });
  expect(of('427')).toMatchObject({ field: 'diag_1', code: 'unseen_value' });
  expect(of('428')?.field).not.toBe('diag_1');
});
