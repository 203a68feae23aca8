// Calibration of margins on validation rows: none, Platt or isotonic, whichever cross-fitting says is best.
import { foldOf } from './fold.ts';
import { fitIsotonic } from './isotonic.ts';
import type { Calibration } from './model.ts';
import { fitPlatt } from './platt.ts';

/** Probability of a margin under a calibration; monotone in the margin. */
export function calibrate(calibration: Calibration, margin: number): number {
  if (calibration === null) return sigmoid(margin);
  if (calibration.method === 'platt') return sigmoid(calibration.slope * margin + calibration.intercept);
  const { margins, probabilities } = calibration;
  const last = margins.length - 1;
  if (margin <= margins[0]) return probabilities[0];
  if (margin >= margins[last]) return probabilities[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (margins[middle] <= margin) low = middle;
    else high = middle;
  }
  const share = (margin - margins[low]) / (margins[high] - margins[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

export type CalibrationMethod = 'none' | 'platt' | 'isotonic';

export interface CalibrationChoice {
  readonly calibration: Calibration;
  /** Mean log loss of each method on validation rows that it was not fitted on; null where it could not be fitted. */
  readonly cross_fitted_log_loss: Readonly<Record<CalibrationMethod, number | null>>;
}

const FOLDS = 5;
/** Below this a lower log loss is noise, and the simpler method is kept. */
const WORTHWHILE = 1e-4;

/** Chooses by 5-fold patient-grouped cross-fitting on validation rows, and fits the winner on all of them. */
export function chooseCalibration(
  margins: Float64Array,
  labels: Uint8Array,
  groups: Float64Array,
  seed: number,
): CalibrationChoice {
  const folds = Uint8Array.from(groups, (group) => foldOf(group, FOLDS, seed));
  const losses = {
    none: meanLogLoss(margins, labels, () => null),
    platt: crossFitted('platt', margins, labels, folds),
    isotonic: crossFitted('isotonic', margins, labels, folds),
  };
  const best = (['platt', 'isotonic'] as const).reduce<CalibrationMethod>(
    (least, method) => ((losses[method] ?? Infinity) < (losses[least] ?? Infinity) - WORTHWHILE ? method : least),
    'none',
  );
  return { calibration: fitMethod(best, margins, labels) ?? null, cross_fitted_log_loss: losses };
}

function crossFitted(
  method: CalibrationMethod,
  margins: Float64Array,
  labels: Uint8Array,
  folds: Uint8Array,
): number | null {
  const fitted = Array.from({ length: FOLDS }, (_, fold) => {
    const others = Array.from(folds.keys()).filter((row) => folds[row] !== fold);
    return fitMethod(
      method,
      Float64Array.from(others, (row) => margins[row]),
      Uint8Array.from(others, (row) => labels[row]),
    );
  });
  if (fitted.includes(undefined)) return null;
  return meanLogLoss(margins, labels, (row) => fitted[folds[row]] ?? null);
}

/** Undefined when the rows do not allow the method. */
function fitMethod(method: CalibrationMethod, margins: Float64Array, labels: Uint8Array): Calibration | undefined {
  if (method === 'none') return null;
  const points = method === 'platt' ? fitPlatt(margins, labels) : fitIsotonic(margins, labels);
  if (points === null) return undefined;
  return 'slope' in points ? { method: 'platt', ...points } : { method: 'isotonic', ...points };
}

function meanLogLoss(margins: Float64Array, labels: Uint8Array, of: (row: number) => Calibration): number {
  const sum = margins.reduce((total, margin, row) => {
    const p = calibrate(of(row), margin);
    return total - Math.log(Math.max(labels[row] === 1 ? p : 1 - p, 1e-15));
  }, 0);
  return sum / margins.length;
}
