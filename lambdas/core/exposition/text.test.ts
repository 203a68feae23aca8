import { expect, test } from 'vitest';
import { acceptedFormat } from './accept.ts';
import { counter, gauge, sample } from './family.ts';
import { renderFamilies } from './text.ts';

const FAMILIES = [
  counter('predictions_total', 'Predictions.', [sample(3, { model_version: '1', prediction: '0' })]),
  gauge('odd', 'A "help" with \\ and\nmore.', [sample(Number.POSITIVE_INFINITY, { path: 'C:\\"x"\n' })]),
  {
    type: 'histogram' as const,
    name: 'd_seconds',
    help: 'Time.',
    histograms: [{ labels: { v: '1' }, buckets: [[0.01, 1] as const, [1, 2] as const], sum: 1.5, count: 3 }],
  },
];

test('Prometheus text 0.0.4', () => {
  expect(renderFamilies(FAMILIES, 'prometheus')).toBe(`# HELP predictions_total Predictions.
# TYPE predictions_total counter
predictions_total{model_version="1",prediction="0"} 3
# HELP odd A "help" with \\\\ and\\nmore.
# TYPE odd gauge
odd{path="C:\\\\\\"x\\"\\n"} +Inf
# HELP d_seconds Time.
# TYPE d_seconds histogram
d_seconds_bucket{v="1",le="0.01"} 1
d_seconds_bucket{v="1",le="1"} 2
d_seconds_bucket{v="1",le="+Inf"} 3
d_seconds_sum{v="1"} 1.5
d_seconds_count{v="1"} 3
`);
});

test('OpenMetrics names counters without their suffix, writes bounds as floats, and ends', () => {
  const text = renderFamilies(FAMILIES, 'openmetrics');
  expect(text).toContain('# TYPE predictions counter\npredictions_total{');
  expect(text).toContain('d_seconds_bucket{v="1",le="1.0"} 2');
  expect(text).toContain('# HELP odd A \\"help\\" with');
  expect(text.endsWith('# EOF\n')).toBe(true);
});

test.each([
  [undefined, 'prometheus'],
  ['*/*', 'prometheus'],
  ['text/html,application/xhtml+xml', 'prometheus'],
  ['text/plain', 'prometheus'],
  ['application/openmetrics-text', 'openmetrics'],
  [
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    'openmetrics',
  ],
  ['application/openmetrics-text;q=0.3, text/plain;q=0.9', 'prometheus'],
  ['application/openmetrics-text;q=0', 'prometheus'],
  ['application/openmetrics-text;q=nonsense', 'prometheus'],
])('Accept: %s gets %s', (accept, format) => {
  expect(acceptedFormat(accept)).toBe(format);
});
