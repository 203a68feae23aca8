// The figures of one set of rows over all resamples, and the estimates read from them.

import { corrected } from './corrected.ts';
import type { Ranking } from './ranking.ts';
import { interval95 } from './resamples.ts';
import type { Estimate, Metrics } from './schema.ts';
import { FIGURES, prepareSweep, SCALARS, type Sweep } from './sweep.ts';

/** Below these a level of a slice has counts only: its figures would be noise, and could point at single patients. */
export const LEAST_ROWS = 50;
export const LEAST_OF_A_CLASS = 10;

/** Point figures and their resampled values: figure f of resample r at `drawn[f][r]`. */
export interface Measured {
  readonly ranking: Ranking;
  readonly sweep: Sweep;
  readonly point: Float64Array;
  readonly drawn: readonly Float64Array[];
}

export function measure(ranking: Ranking, threshold: number, patients: number, resamples: number): Measured {
  const sweep = prepareSweep(ranking, threshold);
  const point = new Float64Array(FIGURES);
  sweep.run(new Uint8Array(patients).fill(1), point);
  return { ranking, sweep, point, drawn: Array.from(point, () => new Float64Array(resamples)) };
}

/** Adds one resample; `figures` is scratch space of FIGURES numbers. */
export function addResample(
  measured: Measured,
  multiplicity: Uint8Array,
  resample: number,
  figures: Float64Array,
): void {
  measured.sweep.run(multiplicity, figures);
  for (let f = 0; f < FIGURES; f++) measured.drawn[f][resample] = figures[f];
}

export function estimateAt(measured: Measured, figure: number, undefinedBecause: string): Estimate {
  return estimate(measured.point[figure], measured.drawn[figure], undefinedBecause);
}

/** Value and interval, or nulls with the reason. */
export function estimate(value: number, drawn: Float64Array, undefinedBecause: string): Estimate {
  if (!Number.isFinite(value)) return missing(undefinedBecause);
  const interval = interval95(drawn);
  if (interval !== null) return { value, ...interval };
  const reason = drawn.length === 0 ? 'no resamples were asked for' : 'not defined in over 5 % of the resamples';
  return { value, low: null, high: null, reason };
}

export function missing(reason: string): Estimate {
  return { value: null, low: null, high: null, reason };
}

export function metricsOf(measured: Measured): Metrics {
  const oneClass = 'all rows are of one class';
  const at = (name: (typeof SCALARS)[number], why = '') => estimateAt(measured, SCALARS.indexOf(name), why);
  return {
    auroc: at('auroc', oneClass),
    auprc: at('auprc', 'no row is positive'),
    log_loss: at('log_loss'),
    brier: at('brier'),
    ece: corrected(measured.point[ECE], measured.drawn[ECE]),
    accuracy: at('accuracy'),
    precision: at('precision', 'no row is at or above the threshold'),
    recall: at('recall', 'no row is positive'),
    f1: at('f1', 'no row is positive or at or above the threshold'),
    flagged_share: at('flagged_share'),
  };
}

/** Place of the plug-in calibration error. */
export const ECE = SCALARS.indexOf('ece');

/** Why a level is too small to be measured, or null when it is not. */
export function tooSmall({ rows, positives }: { readonly rows: number; readonly positives: number }): string | null {
  if (rows < LEAST_ROWS) return `fewer than ${LEAST_ROWS} rows`;
  if (positives < LEAST_OF_A_CLASS) return `fewer than ${LEAST_OF_A_CLASS} positive rows`;
  return rows - positives < LEAST_OF_A_CLASS ? `fewer than ${LEAST_OF_A_CLASS} negative rows` : null;
}
