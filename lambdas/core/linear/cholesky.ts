// Solves A x = b for a symmetric positive definite A.

/**
 * A is row-major, only its lower triangle is read, and it is overwritten by its Cholesky factor.
 * @throws NotPositiveDefinite when a pivot is not positive (a penalty of zero with collinear columns).
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = a[row * size + column];
      for (let k = 0; k < column; k += 1) sum -= a[row * size + k] * a[column * size + k];
      if (row !== column) a[row * size + column] = sum / a[column * size + column];
      else if (sum > 0) a[row * size + row] = Math.sqrt(sum);
      else throw new NotPositiveDefinite(`Pivot ${row} of ${size} is ${sum}; raise the l2 penalty.`);
    }
  }
  const x = Float64Array.from(b);
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1) x[row] -= a[row * size + k] * x[k];
    x[row] /= a[row * size + row];
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1) x[row] -= a[k * size + row] * x[k];
    x[row] /= a[row * size + row];
  }
  return x;
}

/** The matrix of a linear system is not positive definite. */
export class NotPositiveDefinite extends Error {
  override readonly name = 'NotPositiveDefinite';
}
