// Observed over expected: how many came back for each one that the probabilities announced.

import { clusterMean } from './cluster-mean.ts';
import { missing } from './measured.ts';
import type { Patients } from './ranking.ts';
import type { Estimate } from './schema.ts';

const Z95 = 1.959964;

/**
 * Sum of labels over sum of probabilities, with the 95 % interval that rows of one patient give together: normal on the log
 * scale, by linearization (Cochran 1977, 6.4).
 */
export function observedOverExpected(labels: Uint8Array, probabilities: Float64Array, patients: Patients): Estimate {
  const expected = probabilities.reduce((sum, p) => sum + p, 0);
  const observed = labels.reduce((sum, label) => sum + label, 0);
  if (expected === 0 || observed === 0) return missing(observed === 0 ? 'no row is positive' : 'nothing is expected');
  const value = observed / expected;
  const off = probabilities.map((p, row) => labels[row] - value * p);
  const error = (clusterMean(off, patients).standard_error * labels.length) / expected / value;
  return { value, low: value * Math.exp(-Z95 * error), high: value * Math.exp(Z95 * error) };
}
