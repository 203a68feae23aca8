// Dashboard "ML Model Metrics": which model serves, how good it was on its test rows, what it says now.
import { bars, curves, dashboard, stat } from './panels.ts';

const RATE = '[$__rate_interval]';
const metric = (name: string, of = '') => `max(readmit_champion_metric${of}{metric="${name}"})`;
const share = `sum(rate(predictions_total{prediction="1"}${RATE})) / sum(rate(predictions_total${RATE}))`;
const risk = `sum(rate(readmit_predicted_risk_total${RATE})) / sum(rate(predictions_total${RATE}))`;

export const mlModelMetrics = dashboard(
  'readmit-model',
  'ML Model Metrics',
  'The promoted model. Data: Strack et al. 2014, UCI dataset 296, CC BY 4.0',
  [
    stat(
      'Promoted model',
      { 'version {{model_version}}, {{algorithm}}': 'max by (model_version, algorithm) (readmit_model_info)' },
      { width: 6 },
    ),
    stat('Age', { age: 'max(readmit_model_age_seconds)' }, { unit: 's', bad: 90 * 24 * 3600, width: 3 }),
    stat('AUROC', { auroc: metric('auroc') }, { decimals: 3, width: 3 }),
    stat('AUPRC', { auprc: metric('auprc') }, { decimals: 3, width: 3 }),
    stat('Log loss', { 'log loss': metric('log_loss') }, { decimals: 4, width: 3 }),
    stat('ECE', { ece: metric('ece') }, { decimals: 4, bad: 0.02, width: 3 }),
    stat('Ledger whole', { valid: 'min(readmit_ledger_valid)' }, { badBelow: 1, width: 3 }),
    bars('Metrics on the test rows', { '{{metric}}': 'max by (metric) (readmit_champion_metric)' }, { decimals: 3 }),
    curves('AUROC with its 95 % interval', {
      value: metric('auroc'),
      low: metric('auroc', '_low'),
      high: metric('auroc', '_high'),
    }),
    curves(
      'Share predicted high risk',
      { now: share, 'on the test rows': metric('flagged_share') },
      { unit: 'percentunit', description: 'They part when other patients come than the model was measured on' },
    ),
    curves(
      'Mean predicted risk',
      {
        now: risk,
        'on the test rows': 'max(readmit_champion_mean_predicted_ratio)',
        'readmitted of the test rows': 'max(readmit_champion_prevalence_ratio)',
      },
      { unit: 'percentunit' },
    ),
    curves(
      'Predictions by class',
      { 'class {{prediction}}': `sum by (prediction) (rate(predictions_total${RATE}))` },
      { unit: 'reqps' },
    ),
    curves('Registered versions and ledger entries', {
      versions: 'max(readmit_model_versions)',
      'ledger entries': 'max(readmit_ledger_rev)',
      '{{action}}': 'max by (action) (readmit_ledger_changes)',
    }),
  ],
);
