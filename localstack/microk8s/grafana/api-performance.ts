// Dashboard "API Performance": how much is asked, how fast it is answered, what fails.
import { curves, dashboard, stat } from './panels.ts';

const RATE = '[$__rate_interval]';
const quantile = (q: number) =>
  `histogram_quantile(${q}, sum by (le) (rate(prediction_duration_seconds_bucket${RATE})))`;

export const apiPerformance = dashboard('readmit-api', 'API Performance', 'Predictions: rate, duration and errors', [
  stat('Reading works', { up: 'min(readmit_up)' }, { badBelow: 1 }),
  stat('Predictions', { all: 'sum(predictions_total)' }),
  stat('Predictions a second', { now: `sum(rate(predictions_total${RATE}))` }, { unit: 'reqps' }),
  stat('p99', { p99: quantile(0.99) }, { unit: 's', bad: 0.25 }),
  stat('Errors', { all: 'sum(prediction_errors_total)' }),
  stat(
    'Newest counted event',
    { ago: 'max(readmit_newest_event_timestamp_seconds) * 1000' },
    { unit: 'dateTimeFromNow', description: 'How far behind the answers the counters are, while there is traffic' },
  ),
  curves(
    'Predictions by model version',
    { 'version {{model_version}}': `sum by (model_version) (rate(predictions_total${RATE}))` },
    { unit: 'reqps' },
  ),
  curves('Duration', { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99) }, { unit: 's' }),
  curves(
    'Mean duration by model version',
    {
      'version {{model_version}}': `sum by (model_version) (rate(prediction_duration_seconds_sum${RATE})) / sum by (model_version) (rate(prediction_duration_seconds_count${RATE}))`,
    },
    { unit: 's' },
  ),
  curves(
    'Errors by kind',
    { '{{error_type}}': `sum by (error_type) (rate(prediction_errors_total${RATE}))` },
    { unit: 'reqps' },
  ),
  curves(
    'Answered within 10 ms',
    {
      share: `sum(rate(prediction_duration_seconds_bucket{le="0.01"}${RATE})) / sum(rate(prediction_duration_seconds_count${RATE}))`,
    },
    { unit: 'percentunit' },
  ),
  curves('Log deliveries counted', { deliveries: `sum(rate(readmit_log_deliveries_total${RATE}))` }, { unit: 'ops' }),
]);
