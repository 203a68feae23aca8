import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeBundles } from './bundles.ts';
import { counterHash } from './counter-hash.ts';

it('bundles lose nothing: every column is read back exactly, whatever the columns are', () => {
  const columns = fc.array(
    fc.record({ bins: fc.integer({ min: 1, max: 256 }), seed: fc.nat(), follows: fc.boolean() }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(columns, fc.integer({ min: 1, max: 700 }), (specs, rows) => {
      const codes = specs.map(({ bins, seed, follows }) =>
        Uint8Array.from(
          { length: rows },
          (_, row) => (follows ? Math.floor(row / 7) : counterHash(seed, 1, row)) % bins,
        ),
      );
      const bundles = makeBundles(
        specs.map(({ bins }) => bins),
        (index) => codes[index],
        rows,
      );
      expect(bundles.flatMap((bundle) => bundle.columns).sort((a, b) => a - b)).toEqual(Array.from(specs.keys()));
      for (const { columns, codes: used, binOf, rows: coded } of bundles) {
        expect(used).toBeLessThanOrEqual(256);
        columns.forEach((column, each) => {
          expect(coded.every((code) => code < used)).toBe(true);
          expect(coded.map((code) => binOf[each][code])).toEqual(codes[column]);
        });
      }
    }),
    { numRuns: 60 },
  );
});

it('joins columns that vary together', () => {
  const level = Uint8Array.from({ length: 5000 }, (_, row) => counterHash(1, 1, row) % 100);
  const columns = [level, level.map((l) => l % 10), level.map((l) => (l > 50 ? 1 : 0)), level.map((l) => l >> 3)];
  expect(makeBundles([100, 10, 2, 13], (index) => columns[index], 5000)).toHaveLength(1);
});
