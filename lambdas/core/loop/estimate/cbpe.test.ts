import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedAuroc, expectedRate } from './cbpe.ts';

const encounters = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 5 }), p: fc.integer({ min: 1, max: 99 }).map((n) => n / 100) }),
  { minLength: 2, maxLength: 40 },
);

test('the estimate is the double sum over pairs that defines it, ties counting one half', () => {
  fc.assert(
    fc.property(encounters, (rows) => {
      let [concordant, pairs] = [0, 0];
      for (const a of rows) {
        for (const b of rows) {
          const weight = a.p * (1 - b.p);
          pairs += weight;
          concordant += weight * (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0);
        }
      }
      const scores = Float64Array.from(rows, ({ score }) => score);
      const probabilities = Float64Array.from(rows, ({ p }) => p);
      expect(expectedAuroc({ scores, probabilities })).toBeCloseTo(concordant / pairs, 12);
    }),
  );
});

test('certain probabilities make it the AUROC itself', () => {
  const scores = Float64Array.of(-3, -2, -1, 0);
  expect(expectedAuroc({ scores, probabilities: Float64Array.of(0, 1, 0, 1) })).toBe(0.75);
  expect(expectedRate({ scores, probabilities: Float64Array.of(0, 1, 0, 1) })).toBe(0.5);
  expect(expectedAuroc({ scores, probabilities: new Float64Array(4) })).toBeNaN();
});
