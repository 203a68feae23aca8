import fc from 'fast-check';
import { expect, test } from 'vitest';
import { riskGroup, riskPercentile } from './reading.ts';

const evenly = Array.from({ length: 101 }, (_, i) => i / 100);

test.each([
  [0, 0],
  [0.25, 25],
  [0.257, 25.7],
  [1, 100],
])('among evenly spread training scores, %f stands at percentile %f', (probability, percentile) => {
  expect(riskPercentile(probability, evenly)).toBe(percentile);
});

test('a score below or above everything seen in training stands at 0 or 100', () => {
  const quantiles = [0.1, 0.2, 0.3];
  expect(riskPercentile(0.01, quantiles)).toBe(0);
  expect(riskPercentile(0.9, quantiles)).toBe(100);
});

test('a score shared by half of the training rows stands in the middle of them', () => {
  expect(riskPercentile(0.2, [0.1, 0.2, 0.2, 0.2, 0.3])).toBe(50);
});

test('a higher probability never stands lower', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  const quantiles = fc.array(score, { minLength: 2, maxLength: 101 }).map((values) => values.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(score, score, quantiles, (a, b, scores) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(riskPercentile(low, scores)).toBeLessThanOrEqual(riskPercentile(high, scores));
    }),
  );
});

const reliability = [
  { upper: 0.1, mean_predicted: 0.06, observed: 0.05, rows: 100 },
  { upper: 0.4, mean_predicted: 0.2, observed: 0.22, rows: 90 },
];

test('a probability belongs to the group whose range holds it, the last one taking what is above', () => {
  expect(riskGroup(0.1, reliability)?.group).toBe(1);
  expect(riskGroup(0.11, reliability)).toEqual({ group: 2, of: 2, mean_predicted: 0.2, observed: 0.22, rows: 90 });
  expect(riskGroup(0.99, reliability)?.group).toBe(2);
  expect(riskGroup(0.5, [])).toBeNull();
});
