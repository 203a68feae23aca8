// The promoted model: which one, how old, how good on the test rows, and whether its ledger is whole.
import type { Evaluation } from '../evaluation/schema.ts';
import { type Family, gauge, type Sample, sample } from './family.ts';
import type { Snapshot } from './snapshot.ts';

const ACTIONS = ['promote', 'rollback', 'hold', 'release'] as const;
const KINDS = ['first', 'superior', 'refresh', 'operator'] as const;

export function modelFamilies({ readAt, ledger, champion, versions }: Snapshot): Family[] {
  const { head } = ledger;
  const promotedAt = head === null ? null : Date.parse(head.time) / 1000;
  const one = (value: number | null): Sample[] => (value === null ? [] : [sample(value)]);
  return [
    gauge('readmit_model_versions', 'Registered model versions.', versions),
    gauge(
      'readmit_model_info',
      'Always 1; the labels name the promoted model.',
      head === null
        ? []
        : [
            sample(1, {
              model_name: head.model,
              model_version: String(head.version),
              model_stage: head.alias,
              algorithm: champion?.algorithm ?? 'unknown',
              sha256: head.model_sha256,
              dataset: champion?.dataset.name ?? 'unknown',
              synthetic: champion === null ? 'unknown' : String(champion.dataset.synthetic),
            }),
          ],
    ),
    gauge('readmit_model_promoted_timestamp_seconds', 'When the promoted model was promoted.', one(promotedAt)),
    gauge(
      'readmit_model_age_seconds',
      'Time since the promoted model was trained; a rollback brings an old one back.',
      champion === null ? [] : [sample((readAt - champion.trainedAt) / 1000)],
    ),
    gauge('readmit_ledger_rev', 'Entries of the ledger of the promoted model.', ledger.rev),
    gauge('readmit_ledger_changes', 'Entries of the ledger by action.', [
      ...ACTIONS.map((action) => sample(ledger.changes[action] ?? 0, { action })),
    ]),
    gauge('readmit_promotions', "Promotions by reason: the gate's, or an operator's own.", [
      ...KINDS.map((reason) => sample(ledger.kinds[reason] ?? 0, { reason })),
    ]),
    gauge('readmit_promotion_hold', '1 while a hold stops the pipeline from promoting.', ledger.held ? 1 : 0),
    gauge(
      'readmit_ledger_valid',
      '1 while the ledger is an unbroken chain, 0 once it was tampered with.',
      ledger.valid ? 1 : 0,
    ),
    ...(champion === null ? [] : championFamilies(champion.evaluation)),
  ];
}

function championFamilies({ metrics, rows, prevalence, mean_predicted, threshold }: Evaluation): Family[] {
  const entries = Object.entries(metrics);
  const part = (of: 'value' | 'low' | 'high') =>
    entries.flatMap(([metric, estimate]): Sample[] => {
      const value = estimate[of];
      return value === null ? [] : [sample(value, { metric })];
    });
  return [
    gauge('readmit_champion_metric', 'Metrics of the promoted model on its test rows.', part('value')),
    gauge('readmit_champion_metric_low', 'Lower end of the 95 % interval of each metric.', part('low')),
    gauge('readmit_champion_metric_high', 'Upper end of the 95 % interval of each metric.', part('high')),
    gauge('readmit_champion_test_rows', 'Test rows that the promoted model was measured on.', rows),
    gauge(
      'readmit_champion_prevalence_ratio',
      'Share of the test rows that were readmitted within 30 days.',
      prevalence,
    ),
    gauge('readmit_champion_mean_predicted_ratio', 'Mean probability over the test rows.', mean_predicted),
    gauge('readmit_champion_threshold_ratio', 'Probability from which on the prediction is 1.', threshold),
  ];
}
