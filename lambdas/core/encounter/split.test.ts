import { expect, test } from 'vitest';
import { isEligible } from '../dataset/dataset.ts';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { splitOf, splitPosition } from './split.ts';

const SALT = 'diabetes130-v1';

test.each([
  [8222157, 0.4057754523],
  [135, 0.2542464316],
  [83336, 0.6400154817],
])('patient %i stands at %f, as in the published split', (patient, position) => {
  expect(splitPosition(patient, SALT)).toBeCloseTo(position, 10);
});

test('about 80, 10 and 10 % of patients train, validate and test', () => {
  const counts = { train: 0, validation: 0, test: 0 };
  for (let patient = 1; patient <= 20_000; patient++) counts[splitOf(patient, SALT)]++;
  expect(counts.train / 20_000).toBeCloseTo(0.8, 1);
  expect(counts.validation / 20_000).toBeCloseTo(0.1, 1);
  expect(counts.test / 20_000).toBeCloseTo(0.1, 1);
});

test('patients who died or went to a hospice cannot be readmitted', () => {
  const ineligible = Array.from({ length: 30 }, (_, i) => i + 1).filter(
    (id) => !isEligible({ discharge_disposition_id: id }, DIABETES_130),
  );
  expect(ineligible).toEqual([11, 13, 14, 19, 20, 21]);
});
