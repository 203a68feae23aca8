// Logistic regression as a candidate.
import { encode } from '../linear/encode.ts';
import { fitLogistic } from '../linear/logistic.ts';
import type { LogisticParams } from './candidate.ts';
import type { FitData, Uncalibrated } from './fitted.ts';
import { shares } from './importance.ts';
import type { LinearTerm } from './model.ts';

/** @throws BadMatrix. Importance is the summed size of each feature's term over the training rows. */
export function fitLinear(params: LogisticParams, data: FitData): Uncalibrated {
  const design = encode(data.train);
  const fitted = fitLogistic(design, data.train.labels, params.l2, params.max_iterations);
  const spread = new Float64Array(design.width);
  const sums = new Float64Array(design.width);
  for (
    let at = 0, column = 0;
    at < design.index.length;
    at += 1, column = column + 1 === design.width ? 0 : column + 1
  ) {
    const part = fitted.weights[design.index[at]] * design.value[at];
    spread[column] += Math.abs(part);
    sums[column] += part;
  }
  const terms = design.columns.map(({ kind, start, levels, mean, scale }, column): LinearTerm => {
    const weights = Array.from(fitted.weights.subarray(start, start + levels), Math.fround);
    const missing_weight = Math.fround(fitted.weights[start + levels]);
    const average = Math.fround(sums[column] / design.rows);
    return kind === 'category'
      ? { kind, weights, missing_weight, average }
      : { kind, mean, scale, weight: weights[0], missing_weight, average };
  });
  const names = data.train.features.map((feature) => feature.name);
  return {
    model: { kind: 'linear', intercept: Math.fround(fitted.intercept), terms, features: names, calibration: null },
    learning_curve: [],
    importance: shares(names, spread),
    rounds: fitted.iterations,
  };
}
