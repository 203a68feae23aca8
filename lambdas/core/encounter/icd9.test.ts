import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITIONS, hasCondition, readDiabetes } from './conditions.ts';
import { DIAGNOSIS_GROUPS, DIAGNOSIS_PATTERN, readDiagnosis } from './icd9.ts';

test.each([
  ['428', '428', 'circulatory'],
  ['785.1', '785', 'circulatory'],
  ['486', '486', 'respiratory'],
  ['786', '786', 'respiratory'],
  ['530', '530', 'digestive'],
  ['787', '787', 'digestive'],
  ['250.83', '250', 'diabetes'],
  ['820', '820', 'injury'],
  ['715', '715', 'musculoskeletal'],
  ['599', '599', 'genitourinary'],
  ['788', '788', 'genitourinary'],
  ['174', '174', 'neoplasms'],
  ['276', '276', 'endocrine_other'],
  ['38', '038', 'infectious'],
  ['8', '008', 'infectious'],
  ['780', '780', 'other'],
  ['V58', 'V58', 'supplementary_v'],
  ['e885', 'E885', 'external_e'],
])('%s is category %s in the group %s', (code, category, group) => {
  expect(readDiagnosis(code)).toMatchObject({ category, group });
});

test('lost leading zeros do not make another diagnosis', () => {
  expect(readDiagnosis('38')).toEqual(readDiagnosis('038'));
});

test('every code of the pattern has a group', () => {
  fc.assert(
    fc.property(fc.stringMatching(DIAGNOSIS_PATTERN), (code) => {
      expect(DIAGNOSIS_GROUPS).toContain(readDiagnosis(code).group);
    }),
  );
});

test.each([
  ['250', false, false, false],
  ['250.01', false, true, false],
  ['250.02', false, false, true],
  ['250.43', true, true, true],
  ['250.6', true, false, false],
  ['251.83', false, false, false],
  ['428', false, false, false],
])('%s: complication %s, type 1 %s, uncontrolled %s', (code, complication, type1, uncontrolled) => {
  expect(readDiabetes(readDiagnosis(code))).toEqual({ complication, type1, uncontrolled });
});

test.each([
  ['428', ['heart_failure']],
  ['403', ['hypertensive_kidney_disease']],
  ['V45', ['dialysis_or_other_procedure_state']],
  ['45', []],
])('%s is a sign of %j', (code, names) => {
  const found = CONDITIONS.filter((condition) => hasCondition(readDiagnosis(code), condition));
  expect(found.map((condition) => condition.name)).toEqual(names);
});
