// The gate: whether a challenger may replace the champion, as a list of checks that a reader can follow.

import * as z from 'zod';
import { chanceEce } from './chance-ece.ts';
import type { Estimate, Evaluation, PairedComparison, PairedSlices } from './schema.ts';

export const gateDecisionSchema = z.object({
  promote: z.boolean(),
  /** unchanged: the challenger predicts exactly as the champion. leak: too good to be true, the run must fail. */
  outcome: z.enum(['promote', 'reject', 'unchanged', 'leak']),
  /** One sentence or two for the ledger and the run. */
  reason: z.string().min(1),
  checks: z.array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      /** What was measured and what it was held against; null where there is no single number. */
      value: z.number().nullable(),
      limit: z.number().nullable(),
      text: z.string(),
    }),
  ),
});
export type GateDecision = Readonly<z.infer<typeof gateDecisionSchema>>;
type Check = GateDecision['checks'][number];

export interface GateLimits {
  /** Largest expected calibration error. */
  readonly ece: number;
  /**
   * Above `value`, information from after the discharge has leaked into the features; unless rows are so few that the
   * interval reaches below `low`, what honest models attain.
   */
  readonly leakAuroc: { readonly value: number; readonly low: number };
  /** How much worse than the champion counts as not worse. */
  readonly margin: { readonly logLoss: number; readonly auroc: number };
  /** How much better than the champion counts as better; at least one of the two must be. */
  readonly gain: { readonly logLoss: number; readonly auroc: number };
  /** Subgroups of at least this size may lose at most `drop` AUROC against the champion. */
  readonly subgroup: { readonly rows: number; readonly positives: number; readonly drop: number };
}

/** Seeds alone move AUROC by about .003 and log loss by about .0005 on this data: smaller changes decide nothing. */
export const GATE_LIMITS: GateLimits = {
  ece: 0.02,
  leakAuroc: { value: 0.75, low: 0.7 },
  margin: { logLoss: 0.0005, auroc: 0.002 },
  gain: { logLoss: 0.0001, auroc: 0.0005 },
  subgroup: { rows: 500, positives: 30, drop: 0.03 },
};

export interface GateInput {
  readonly challenger: Evaluation;
  /** Null for the first model. All comparisons are challenger (a) against the other (b), on the challenger's test rows. */
  readonly champion: { readonly paired: PairedComparison; readonly slicesPaired: PairedSlices } | null;
  readonly baselines: { readonly constant: PairedComparison; readonly random_forest?: PairedComparison | undefined };
  readonly limits?: GateLimits;
}

/** The first model has to pass the absolute checks and beat the baselines; later ones the champion as well. */
export function decideGate({ challenger, champion, baselines, limits = GATE_LIMITS }: GateInput): GateDecision {
  const leak = checkLeak(challenger, limits);
  const checks = [leak, checkCalibration(challenger, limits), checkConstant(baselines.constant)];
  if (baselines.random_forest) checks.push(checkForest(baselines.random_forest));
  if (champion !== null) {
    checks.push(...checkAgainst(champion.paired, limits), checkSubgroups(champion.slicesPaired, limits));
  }
  const failed = checks.filter(({ passed }) => !passed);
  if (!leak.passed) return { promote: false, outcome: 'leak', reason: leak.text, checks };
  if (champion?.paired.identical === true) {
    const reason = 'unchanged: it gives every test row the probability that the champion gives';
    return { promote: false, outcome: 'unchanged', reason, checks };
  }
  if (failed.length > 0) {
    return { promote: false, outcome: 'reject', reason: failed.map(({ text }) => text).join('; '), checks };
  }
  return { promote: true, outcome: 'promote', reason: praise(challenger, champion?.paired ?? null), checks };
}

function checkLeak({ rows, metrics: { auroc } }: Evaluation, { leakAuroc }: GateLimits): Check {
  const check = { name: 'leak', value: auroc.value, limit: leakAuroc.value };
  if (auroc.value === null) return { ...check, passed: true, text: `there is no AUROC: ${auroc.reason}` };
  const found = `AUROC ${withInterval(auroc)}`;
  if (auroc.value <= leakAuroc.value) return { ...check, passed: true, text: `${found} is what this data allows` };
  if (auroc.low !== null && auroc.low < leakAuroc.low) {
    const text = `${found} is above ${leakAuroc.value}, but ${rows} rows are too few to tell a leak from chance`;
    return { ...check, passed: true, text };
  }
  const text = `${found} is above ${leakAuroc.value}, which this data does not allow: a feature knows the outcome`;
  return { ...check, passed: false, text };
}

/** On few rows chance alone exceeds the limit: then the limit is what a perfectly calibrated model stays under. */
function checkCalibration(challenger: Evaluation, limits: GateLimits): Check {
  const { ece } = challenger.metrics;
  const chance = chanceEce(challenger);
  const limit = Math.max(limits.ece, chance);
  const passed = ece.value !== null && ece.value <= limit;
  const why = chance > limits.ece ? ` (what chance allows on ${challenger.rows} rows)` : '';
  const text = `calibration error ${figure(ece.value)} is ${passed ? 'within' : 'above'} ${Number(limit.toFixed(4))}${why}`;
  return { name: 'calibration', passed, value: ece.value, limit, text };
}

/** Better than no model at all: in both log loss and AUROC. */
function checkConstant({ metrics: { log_loss, auroc } }: PairedComparison): Check {
  const value = log_loss.difference.value;
  const passed = value !== null && value < 0 && auroc.difference.value !== null && auroc.difference.value > 0;
  const text = `${passed ? 'better' : 'not better'} than the constant rate: ${changes(log_loss.difference, auroc.difference)}`;
  return { name: 'beats_constant', passed, value, limit: 0, text };
}

/** Better than the forest in log loss or AUROC, and in neither is the forest better by its whole interval. */
function checkForest({ identical, metrics }: PairedComparison): Check {
  const check = { name: 'beats_random_forest', value: metrics.log_loss.difference.value, limit: 0 };
  if (identical) return { ...check, passed: true, text: 'it is the random forest itself' };
  const logLoss = metrics.log_loss.difference;
  const auroc = metrics.auroc.difference;
  const better = (logLoss.value !== null && logLoss.value < 0) || (auroc.value !== null && auroc.value > 0);
  const surelyWorse = (logLoss.low !== null && logLoss.low > 0) || (auroc.high !== null && auroc.high < 0);
  const passed = better && !surelyWorse;
  const text = `${passed ? 'better' : 'not better'} than the random forest: ${changes(logLoss, auroc)}`;
  return { ...check, passed, text };
}

function checkAgainst({ metrics }: PairedComparison, { margin, gain }: GateLimits): Check[] {
  const logLoss = metrics.log_loss.difference;
  const auroc = metrics.auroc.difference;
  const lossHolds = logLoss.value !== null && logLoss.value <= margin.logLoss;
  const aurocHolds = auroc.value !== null && auroc.value >= -margin.auroc;
  const better =
    (logLoss.value !== null && logLoss.value < -gain.logLoss) || (auroc.value !== null && auroc.value > gain.auroc);
  return [
    {
      name: 'log_loss_not_worse',
      passed: lossHolds,
      value: logLoss.value,
      limit: margin.logLoss,
      text: `log loss ${change(logLoss)} against the champion, at most +${margin.logLoss} is allowed`,
    },
    {
      name: 'auroc_not_worse',
      passed: aurocHolds,
      value: auroc.value,
      limit: -margin.auroc,
      text: `AUROC ${change(auroc)} against the champion, at least ${-margin.auroc} is asked for`,
    },
    {
      name: 'better',
      passed: better,
      value: null,
      limit: null,
      text: `${better ? 'better' : 'not better'} than the champion by more than ${gain.logLoss} in log loss or ${gain.auroc} in AUROC`,
    },
  ];
}

/** The worst large subgroup decides. */
function checkSubgroups(slices: PairedSlices, { subgroup }: GateLimits): Check {
  const large = Object.entries(slices).flatMap(([slice, levels]) =>
    levels
      .filter(({ rows, positives }) => rows >= subgroup.rows && positives >= subgroup.positives)
      .flatMap(({ level, auroc: { difference } }) =>
        difference.value === null ? [] : [{ name: `${slice} ${level}`, difference, value: difference.value }],
      ),
  );
  const common = { name: 'subgroups', limit: -subgroup.drop };
  if (large.length === 0)
    return { ...common, passed: true, value: null, text: 'no subgroup is large enough to compare' };
  const worst = large.reduce((a, b) => (b.value < a.value ? b : a));
  const passed = worst.value >= -subgroup.drop;
  const text = `AUROC of the subgroup ${worst.name} changes by ${change(worst.difference)}, the most of ${large.length}; at least ${-subgroup.drop} is asked for`;
  return { ...common, passed, value: worst.value, text };
}

function praise({ metrics }: Evaluation, paired: PairedComparison | null): string {
  const worth = `AUROC ${withInterval(metrics.auroc)}, log loss ${withInterval(metrics.log_loss)}`;
  if (paired === null) return `no champion to compare with: it passes every check with ${worth}`;
  const { log_loss, auroc } = paired.metrics;
  return `better than the champion: ${changes(log_loss.difference, auroc.difference)}, now ${worth}`;
}

function withInterval({ value, low, high }: Estimate): string {
  return low === null ? figure(value) : `${figure(value)} [${figure(low)}, ${figure(high)}]`;
}

function changes(logLoss: Estimate, auroc: Estimate): string {
  return `log loss ${change(logLoss)}, AUROC ${change(auroc)}`;
}

function change({ value, low, high }: Estimate): string {
  return low === null ? signed(value) : `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}

function figure(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(4);
}

function signed(value: number | null): string {
  return value === null ? 'unknown' : `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
}
