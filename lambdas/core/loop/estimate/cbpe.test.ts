import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
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

const golden = z
  .object({ cases: z.array(z.object({ rows: z.int(), auroc: z.number() })) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'nannyml.json'), 'utf8')));

test.each(golden.cases)(
  'of $rows encounters NannyML estimates an AUROC of $auroc, and so does this',
  ({ rows, auroc }) => {
    const scores = Float64Array.from({ length: rows }, (_, i) => -4 + (5 * ((i * 7919) % 1009)) / 1009);
    const probabilities = scores.map((score, i) => 0.01 + 0.2 / (1 + Math.exp(-score)) + (0.3 * ((i * 31) % 97)) / 97);
    expect(Math.abs(expectedAuroc({ scores, probabilities }) - auroc)).toBeLessThan(1e-6);
  },
);
