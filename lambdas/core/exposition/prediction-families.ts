// What was predicted, how fast, and what failed: from the counters that the monitor adds up.
import { DURATION_BOUNDS, MICROSECONDS } from './buckets.ts';
import type { Counts, ModelCounts } from './counts.ts';
import { counter, type Family, gauge, type Sample, sample } from './family.ts';

/** Published as 0 before their first case, so that a rate over them sees it. Others appear when they occur. */
const KNOWN_ERRORS = ['invalid', 'malformed-json', 'not-json', 'too-large', 'no-model', 'unavailable', 'internal'];

const FRESHNESS = 'Seconds behind the answers: log lines are counted when CloudWatch Logs delivers them.';

export function predictionFamilies(counts: Counts): Family[] {
  const models = [...counts.models.values()].sort((a, b) =>
    a.version.localeCompare(b.version, 'en', { numeric: true }),
  );
  const each = (of: (model: ModelCounts) => Sample[]) => models.flatMap(of);
  const ofModel = (model: ModelCounts, value: number) => sample(value, { model_version: model.version });
  return [
    counter(
      'predictions_total',
      `Predictions answered, by model version and predicted class. ${FRESHNESS}`,
      each((model) => [
        sample(model.class_0, { model_version: model.version, prediction: '0' }),
        sample(model.class_1, { model_version: model.version, prediction: '1' }),
      ]),
    ),
    {
      type: 'histogram',
      name: 'prediction_duration_seconds',
      help: 'Time that a request took in the function; a batch is one request.',
      histograms: models.map((model) => ({
        labels: { model_version: model.version },
        buckets: DURATION_BOUNDS.map((bound, i) => [bound, model.buckets[i] ?? 0] as const),
        sum: model.duration_us / MICROSECONDS,
        count: model.requests,
      })),
    },
    counter(
      'prediction_errors_total',
      'Encounters that got no prediction, by kind of problem.',
      errorSamples(counts.errors),
    ),
    counter(
      'readmit_prediction_warnings_total',
      'Predictions with a warning, by its code.',
      each((model) => [...model.warnings].map(([code, n]) => sample(n, { model_version: model.version, code }))),
    ),
    counter(
      'readmit_predicted_risk_total',
      'Sum of the probabilities answered; over predictions_total it is the mean predicted risk.',
      each((model) => [ofModel(model, model.probability_e4 / 1e4)]),
    ),
    counter('readmit_log_deliveries_total', 'Groups of log lines that were counted, each once.', counts.deliveries),
    gauge(
      'readmit_newest_event_timestamp_seconds',
      'Time of the newest prediction or error that is in the counters; 0 while there is none.',
      counts.newestEvent / 1000,
    ),
  ];
}

function errorSamples(errors: ReadonlyMap<string, number>): Sample[] {
  const kinds = new Set([...KNOWN_ERRORS, ...errors.keys()]);
  return [...kinds].map((kind) => sample(errors.get(kind) ?? 0, { error_type: kind }));
}
