// How a probability is to be read: where it stands among the training scores, and what became of patients like this.
import type { Signature } from '../candidates/signature.ts';

/**
 * The percentage (0-100, one decimal) of training scores below a probability.
 * @param quantiles rising, evenly spaced from 0 % to 100 %; ties are read as their middle.
 */
export function riskPercentile(probability: number, quantiles: readonly number[]): number {
  const last = quantiles.length - 1;
  const below = firstAtLeast(probability, quantiles);
  if (below > last) return 100;
  const above = firstAbove(probability, quantiles);
  if (above > below) return round1((((below + above - 1) / 2) * 100) / last);
  if (below === 0) return 0;
  const lower = quantiles[below - 1] ?? 0;
  const upper = quantiles[below] ?? 1;
  return round1(((below - 1 + (probability - lower) / (upper - lower)) * 100) / last);
}

/** The reliability bin of a probability: what was predicted and observed on validation for scores like it. */
export interface RiskGroup {
  /** 1 = the lowest risk. */
  readonly group: number;
  readonly of: number;
  readonly mean_predicted: number;
  readonly observed: number;
  readonly rows: number;
}

export function riskGroup(probability: number, reliability: Signature['reliability']): RiskGroup | null {
  const found = reliability.findIndex(({ upper }) => probability <= upper);
  const index = found === -1 ? reliability.length - 1 : found;
  const bin = reliability[index];
  if (bin === undefined) return null;
  const { mean_predicted, observed, rows } = bin;
  return { group: index + 1, of: reliability.length, mean_predicted, observed, rows };
}

function firstAtLeast(value: number, rising: readonly number[]): number {
  return firstWhere(rising, (item) => item >= value);
}

function firstAbove(value: number, rising: readonly number[]): number {
  return firstWhere(rising, (item) => item > value);
}

function firstWhere(rising: readonly number[], holds: (item: number) => boolean): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(rising[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
