import { expect, test } from 'vitest';
import { chiSquareQuantile, chiSquareTail } from './chi-square.ts';
import { discoveries } from './discoveries.ts';
import { type FieldCounts, fieldDrift } from './fields.ts';
import { populationStability } from './psi.ts';

/** A small generator (mulberry32), so that the simulations below are the same each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function drawCounts(random: () => number, shares: readonly number[], rows: number): number[] {
  const counts = shares.map(() => 0);
  for (let row = 0; row < rows; row++) {
    let at = random();
    let level = 0;
    while (level < shares.length - 1 && at >= shares[level]) at -= shares[level++];
    counts[level] += 1;
  }
  return counts;
}

const SHARES = [0.5, 0.2, 0.15, 0.1, 0.05];

// scipy.stats.chi2.sf and .isf
test.each([
  [3.841458820694124, 1, 0.05],
  [18.307038053275146, 10, 0.05],
  [1, 4, 0.9097959895689501],
  [150, 100, 0.0009039320423540184],
])('chi-square: P(X >= %f) with %i degrees of freedom is %f', (x, degrees, tail) => {
  expect(chiSquareTail(x, degrees)).toBeCloseTo(tail, 10);
  expect(chiSquareQuantile(tail, degrees)).toBeCloseTo(x, 7);
});

test.each([200, 1000, 5000])(
  'where nothing changed, PSI of %i rows exceeds its critical value in 5 of 100 windows',
  (rows) => {
    const random = generator(rows);
    const reference = drawCounts(random, SHARES, 20_000);
    const windows = Array.from({ length: 1000 }, () =>
      populationStability(reference, drawCounts(random, SHARES, rows)),
    );
    const above = windows.filter((shift) => shift !== null && shift.psi > shift.critical).length;
    expect(above).toBeGreaterThan(15);
    expect(above).toBeLessThan(90);
  },
);

test('a level that doubled is found, and PSI is the sum that it is defined as', () => {
  const shift = populationStability([8000, 2000], [600, 400]);
  const [a, b] = [
    [8000.5 / 10_001, 2000.5 / 10_001],
    [600.5 / 1001, 400.5 / 1001],
  ];
  const psi = (b[0] - a[0]) * Math.log(b[0] / a[0]) + (b[1] - a[1]) * Math.log(b[1] / a[1]);
  expect(shift?.psi).toBeCloseTo(psi, 12);
  expect(shift?.p).toBeLessThan(1e-6);
});

test('levels of a handful of rows raise no alarm by themselves', () => {
  expect(populationStability([10_000, 9990, 1, 0, 2], [100, 99, 0, 1, 0])?.p).toBeGreaterThan(0.05);
  expect(populationStability([10], [])).toBeNull();
});

test('Benjamini and Hochberg name what their paper names', () => {
  // Table of section 3.2 of the paper of 1995: four are named at .05.
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  expect(discoveries(ps.toReversed(), 0.05).filter(Boolean)).toHaveLength(4);
  expect(discoveries([], 0.05)).toEqual([]);
});

test('a field is persistent when it was named in two windows; what matters more to the model stands first', () => {
  const of = (a: number[], b: number[]): FieldCounts =>
    new Map([
      ['a', a],
      ['b', b],
    ]);
  const shifted = of([500, 500], [600, 400]);
  const drift = fieldDrift(
    of([8000, 2000], [8000, 2000]),
    { current: shifted, before: of([800, 200], [600, 400]) },
    new Map([
      ['a', 0.9],
      ['b', 0.1],
    ]),
  );
  expect(drift.map(({ field, named, persistent }) => [field, named, persistent])).toEqual([
    ['b', true, true],
    ['a', true, false],
  ]);
});
