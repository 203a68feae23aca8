// The log loss of each row, for means over patients.

/** Natural logarithm; probabilities are kept 2^-52 away from 0 and 1 as scikit-learn does. */
export function rowLosses(labels: Uint8Array, probabilities: Float64Array): Float64Array {
  return probabilities.map((p, row) => {
    const kept = Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON);
    return -Math.log(labels[row] === 1 ? kept : 1 - kept);
  });
}
