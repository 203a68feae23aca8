// A bedside score as probabilities, so that it can be held against a model in log loss as well as in AUROC.
import { fitPlatt } from '../candidates/platt.ts';

/**
 * A logistic regression of the outcome on the points, fitted on `train` rows and read at `test` rows: the recalibration that
 * any hospital would give the score first. The training rate everywhere where points do not rise with the outcome.
 */
export function scoreProbabilities(
  train: { readonly points: readonly number[]; readonly labels: Uint8Array },
  test: { readonly points: readonly number[] },
): Float64Array {
  const line = fitPlatt(Float64Array.from(train.points), train.labels);
  if (line === null) {
    const positives = train.labels.reduce((sum, label) => sum + label, 0);
    return new Float64Array(test.points.length).fill(positives / train.labels.length);
  }
  return Float64Array.from(test.points, (points) => 1 / (1 + Math.exp(-(line.slope * points + line.intercept))));
}
