// Logistic regression with an L2 penalty by Newton's method; deterministic, so the same rows give the same coefficients.
import { solvePositiveDefinite } from './cholesky.ts';
import type { Design } from './encode.ts';

export interface LogisticFit {
  readonly intercept: number;
  readonly weights: Float64Array;
  readonly iterations: number;
  /** Summed log loss + l2/2 |w|^2 after each iteration. */
  readonly objective: number[];
}

/** Minimises the summed log loss + l2/2 |w|^2 (the intercept is free). Stops when the objective falls by less than 1e-9 of itself. */
export function fitLogistic(design: Design, labels: Uint8Array, l2: number, maxIterations: number): LogisticFit {
  const size = design.coefficients + 1;
  const weights = new Float64Array(size);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  weights[size - 1] = Math.log(positives / (labels.length - positives));
  const objective = [objectiveAt(design, labels, l2, weights)];
  while (objective.length <= maxIterations) {
    const step = newtonStep(design, labels, l2, weights);
    const before = objective[objective.length - 1];
    const { after, next } = halveUntilBetter(design, labels, l2, weights, step, before);
    if (!(after < before)) break;
    weights.set(next);
    objective.push(after);
    if (before - after < 1e-9 * before) break;
  }
  return {
    intercept: weights[size - 1],
    weights: weights.subarray(0, size - 1),
    iterations: objective.length - 1,
    objective,
  };
}

function halveUntilBetter(
  design: Design,
  labels: Uint8Array,
  l2: number,
  weights: Float64Array,
  step: Float64Array,
  before: number,
) {
  let share = 1;
  for (;;) {
    const next = weights.map((weight, index) => weight - share * step[index]);
    const after = objectiveAt(design, labels, l2, next);
    if (after < before || share < 1e-4) return { after, next };
    share /= 2;
  }
}

function marginOf(design: Design, row: number, weights: Float64Array): number {
  let margin = weights[weights.length - 1];
  const end = (row + 1) * design.width;
  for (let at = row * design.width; at < end; at += 1) margin += weights[design.index[at]] * design.value[at];
  return margin;
}

function objectiveAt(design: Design, labels: Uint8Array, l2: number, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < design.rows; row += 1) {
    const margin = marginOf(design, row, weights);
    const signed = labels[row] === 1 ? -margin : margin;
    sum += signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
  }
  for (let index = 0; index + 1 < weights.length; index += 1) sum += (l2 / 2) * weights[index] ** 2;
  return sum;
}

/** Solves (X'WX + l2 I) step = X'(p - y) + l2 w over the rows' few entries. */
function newtonStep(design: Design, labels: Uint8Array, l2: number, weights: Float64Array): Float64Array {
  const size = weights.length;
  const { index, value, width } = design;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let row = 0; row < design.rows; row += 1) {
    const p = 1 / (1 + Math.exp(-marginOf(design, row, weights)));
    const error = p - labels[row];
    const curvature = p * (1 - p);
    const start = row * width;
    for (let a = start; a < start + width; a += 1) {
      gradient[index[a]] += error * value[a];
      const line = index[a] * size;
      const scaled = curvature * value[a];
      for (let b = start; b <= a; b += 1) hessian[line + index[b]] += scaled * value[b];
      hessian[(size - 1) * size + index[a]] += scaled;
    }
    gradient[size - 1] += error;
    hessian[size * size - 1] += curvature;
  }
  for (let each = 0; each + 1 < size; each += 1) {
    gradient[each] += l2 * weights[each];
    hessian[each * size + each] += l2;
  }
  return solvePositiveDefinite(hessian, gradient, size);
}
