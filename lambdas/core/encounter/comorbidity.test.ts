import { expect, test } from 'vitest';
import { charlsonIndex, comorbidityBits } from './comorbidity.ts';
import { CONDITIONS } from './conditions.ts';
import { readDiagnosis } from './icd9.ts';

const index = (...codes: string[]) =>
  charlsonIndex(codes.reduce((bits, code) => bits | comorbidityBits(readDiagnosis(code)), 0));

test.each([
  [['428', '250.01', '401'], 1],
  [['428', '402', '404'], 1],
  [['197', '162', '585'], 10],
  [['410', '428', '496'], 3],
  [['V58', 'E885', '780'], 0],
  [['42'], 6],
])('%j has a Charlson index of %i', (codes, expected) => {
  expect(index(...codes)).toBe(expected);
});

test('conditions fit the bits of a number', () => {
  expect(CONDITIONS.length).toBeLessThanOrEqual(32);
});
