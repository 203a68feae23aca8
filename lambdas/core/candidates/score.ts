// What a fitted model says of rows: log-odds, and the calibrated probability of readmission within 30 days.
import type { FeatureMatrix } from '../encounter/matrix.ts';
import { flattenTrees, sumTrees } from '../trees/tree.ts';
import { calibrate } from './calibration.ts';
import type { LinearTerm, Model } from './model.ts';

/** Probabilities of a forest are kept this far from 0 and 1 so that log-odds exist. */
export const FOREST_FLOOR = Math.fround(1e-4);

/** Calibrated probability a row, 0..1. */
export function probabilities(model: Model, matrix: FeatureMatrix): Float64Array {
  return margins(model, matrix).map((margin) => calibrate(model.calibration, margin));
}

/** Log-odds a row before calibration. */
export function margins(model: Model, matrix: FeatureMatrix): Float64Array {
  const columns = matrix.features.length;
  if (columns !== model.features.length) {
    throw new FeatureMismatch(`The model takes ${model.features.length} features, the matrix has ${columns}.`);
  }
  const scoreRow = rowScorer(model, matrix.values);
  const out = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row += 1) out[row] = scoreRow(row * columns);
  return out;
}

/** The matrix does not have the model's columns: build it with the model's own feature list. */
export class FeatureMismatch extends Error {
  override readonly name = 'FeatureMismatch';
}

function rowScorer(model: Model, values: Float32Array): (offset: number) => number {
  switch (model.kind) {
    case 'constant':
      return () => model.margin;
    case 'linear':
      return (offset) =>
        model.terms.reduce((sum, term, column) => sum + termValue(term, values[offset + column]), model.intercept);
    case 'boosted_trees': {
      const flat = flattenTrees(model.trees);
      return (offset) => sumTrees(flat, values, offset, model.base_margin);
    }
    case 'forest': {
      const flat = flattenTrees(model.trees);
      return (offset) => {
        const mean = sumTrees(flat, values, offset, 0) / model.trees.length;
        const kept = Math.min(1 - FOREST_FLOOR, Math.max(FOREST_FLOOR, mean));
        return Math.log(kept / (1 - kept));
      };
    }
  }
}

/** What one feature adds to the log-odds of a linear model. */
export function termValue(term: LinearTerm, x: number): number {
  if (Number.isNaN(x)) return term.missing_weight;
  return term.kind === 'numeric' ? (term.weight * (x - term.mean)) / term.scale : (term.weights[x] ?? 0);
}
