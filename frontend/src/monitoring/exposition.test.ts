import { expect, test } from 'vitest';
import { bucketsOf, named, parseExposition, sum } from './exposition.ts';

const TEXT = `# HELP predictions_total Predictions
# TYPE predictions_total counter
predictions_total{model_version="1",prediction="0"} 8
predictions_total{model_version="1",prediction="1"} 2 1700000000000
odd{label="a \\"b\\", c\\\\d"} +Inf
d_bucket{model_version="1",le="0.001"} 3
d_bucket{model_version="2",le="0.001"} 1
d_bucket{model_version="1",le="+Inf"} 5
d_bucket{model_version="2",le="+Inf"} 1
`;

test('samples are read with labels, escapes and special values; comments are not', () => {
  const samples = parseExposition(TEXT);
  expect(samples).toHaveLength(7);
  expect(sum(named(samples, 'predictions_total'))).toBe(10);
  expect(samples[2]).toEqual({ name: 'odd', labels: { label: 'a "b", c\\d' }, value: Number.POSITIVE_INFINITY });
});

test('cumulative buckets of all series become counts of each bucket', () => {
  expect(bucketsOf(parseExposition(TEXT), 'd')).toEqual([
    { upper: 0.001, count: 4 },
    { upper: Number.POSITIVE_INFINITY, count: 2 },
  ]);
});
