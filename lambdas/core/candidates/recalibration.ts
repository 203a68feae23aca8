// Recalibration in time: a fitted model's probabilities are set right on the newest labelled encounters, as a step of its own.
import { fitCalibrationLine } from '../temporal/logistic-calibration.ts';
import { fitIsotonic } from './isotonic.ts';
import type { Calibration } from './model.ts';
import { fitPlatt } from './platt.ts';

/** How much of the calibration is learned anew: the mean alone, mean and spread, or the whole curve. */
export const RECALIBRATIONS = ['none', 'intercept', 'slope', 'isotonic'] as const;
export type Recalibration = (typeof RECALIBRATIONS)[number];

/** What was recalibrated on: part of the facts of a fit. */
export interface RecalibrationFacts {
  readonly method: Recalibration;
  readonly rows: number;
  readonly positives: number;
  /** Order (encounter_id) of the oldest of them. */
  readonly since: number;
}

/** Newest rows and readmissions below which the probabilities are left as they are: an intercept would be noise. */
const LEAST_ROWS = 200;
const LEAST_POSITIVES = 25;

/** Rows with the model's margin of each; all arrays have one entry a row. */
export interface ScoredRows {
  readonly margins: Float64Array;
  readonly labels: Uint8Array;
  readonly order: Float64Array;
}

/**
 * The calibration after `method` on the newest `share` of the rows. Null when they are too few or do not allow the method: then
 * the calibration stays what it was. The mean alone is learned from the rows that were fitted on as well: there are eight times
 * as many, and the little that a row pulls its own prediction towards its outcome makes the correction too small, never too
 * large. Spread and curve are learned from the held rows only, since fitted rows show the spread of an overfitted model.
 */
export function recalibrate(
  base: Calibration,
  method: Exclude<Recalibration, 'none'>,
  rows: { readonly fitted: ScoredRows; readonly held: ScoredRows },
  share: number,
): { readonly calibration: Calibration; readonly facts: RecalibrationFacts } | null {
  const newest = newestRows(method === 'intercept' ? together(rows.fitted, rows.held) : rows.held, share);
  const positives = newest.labels.reduce((sum, label) => sum + label, 0);
  if (newest.labels.length < LEAST_ROWS || positives < LEAST_POSITIVES) return null;
  const calibration = learn(base, method, newest);
  if (calibration === null) return null;
  return { calibration, facts: { method, rows: newest.labels.length, positives, since: newest.order[0] ?? 0 } };
}

function together(a: ScoredRows, b: ScoredRows): ScoredRows {
  const count = a.labels.length + b.labels.length;
  const [margins, labels, order] = [new Float64Array(count), new Uint8Array(count), new Float64Array(count)];
  for (const [at, rows] of [[0, a] as const, [a.labels.length, b] as const]) {
    margins.set(rows.margins, at);
    labels.set(rows.labels, at);
    order.set(rows.order, at);
  }
  return { margins, labels, order };
}

/** Ascending by order; encounters of one moment stay together, so there may be a few more than the share. */
function newestRows({ margins, labels, order }: ScoredRows, share: number): ScoredRows {
  const ascending = order.toSorted();
  const since = ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * (1 - share)))];
  const rows = Uint32Array.from(order.keys())
    .filter((row) => order[row] >= since)
    .sort((a, b) => order[a] - order[b] || a - b);
  return {
    margins: Float64Array.from(rows, (row) => margins[row]),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    order: Float64Array.from(rows, (row) => order[row]),
  };
}

function learn(base: Calibration, method: Exclude<Recalibration, 'none'>, newest: ScoredRows): Calibration {
  if (method === 'isotonic') {
    const points = fitIsotonic(newest.margins, newest.labels);
    return points === null ? null : { method: 'isotonic', ...points };
  }
  const line = method === 'slope' ? fitPlatt(newest.margins, newest.labels) : shifted(base, newest);
  return line === null ? null : { method: 'platt', ...line };
}

/** The line of before with the mean set right; of a curve only the mean could be kept, so it starts from the margins themselves. */
function shifted(base: Calibration, { margins, labels }: ScoredRows): { slope: number; intercept: number } | null {
  const { slope, intercept } = base?.method === 'platt' ? base : { slope: 1, intercept: 0 };
  const { large } = fitCalibrationLine(
    margins.map((margin) => slope * margin + intercept),
    labels,
  );
  return Number.isFinite(large) ? { slope, intercept: Math.fround(intercept + large) } : null;
}
