// The mean of a figure over rows whose patients are the unit: value, standard error, and limits that hold far out in the tail.

import { normalTail, normalUpperQuantile } from './normal.ts';
import type { Patients } from './ranking.ts';

export interface ClusterMean {
  readonly value: number;
  /** Of the ratio of sums over patients, linearized (Cochran 1977, 6.4): rows of one patient are one observation. */
  readonly standard_error: number;
  /** Of the patients' contributions. */
  readonly skewness: number;
  readonly patients: number;
}

/** @param values one a row */
export function clusterMean(values: Float64Array, { count, ofRow }: Patients): ClusterMean {
  const sums = new Float64Array(count);
  const rows = new Float64Array(count);
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    sums[ofRow[row]] += values[row];
    rows[ofRow[row]]++;
    total += values[row];
  }
  const value = total / values.length;
  let squares = 0;
  let cubes = 0;
  for (let patient = 0; patient < count; patient++) {
    const off = sums[patient] - value * rows[patient];
    squares += off * off;
    cubes += off ** 3;
  }
  return {
    value,
    standard_error: Math.sqrt((squares * count) / Math.max(1, count - 1)) / values.length,
    skewness: squares === 0 ? 0 : cubes / count / (squares / count) ** 1.5,
    patients: count,
  };
}

/**
 * One-sided upper limit of the mean at `level`: normal, widened by the first Edgeworth term of the studentized mean (Hall
 * 1992, section 3.5) where skewness makes it too short; never made shorter. A percentile of 1,000 resamples says nothing
 * of a level of .0005: this does.
 */
export function upperLimit(mean: ClusterMean, level: number): number {
  const z = normalUpperQuantile(level);
  return mean.value + mean.standard_error * (z + widening(mean, z));
}

/** P(a difference at least so far below zero) if the mean were zero: one-sided. 1 where there is no spread and no gain. */
export function probabilityOfGain(mean: ClusterMean): number {
  if (mean.standard_error === 0) return mean.value < 0 ? 0 : 1;
  const z = -mean.value / mean.standard_error;
  return normalTail(z - (z > 0 ? widening(mean, z) : 0));
}

function widening({ skewness, patients }: ClusterMean, z: number): number {
  return Math.max(0, (skewness * (2 * z * z + 1)) / (6 * Math.sqrt(patients)));
}
