// What a model is worth where no outcomes are known yet, estimated from its own probabilities.

/** Arrays have one entry an encounter. */
export interface Unlabelled {
  /** Raw scores: they rank. */
  readonly scores: Float64Array;
  /** Calibrated probabilities, of a calibration that was not fitted on rows that the model was trained on: they weigh. */
  readonly probabilities: Float64Array;
}

/**
 * AUROC that is expected if each encounter comes back with its calibrated probability: confidence-based performance
 * estimation as NannyML documents it. E = sum_ij p_i (1 - p_j) [s_i > s_j, ties 1/2] / (sum p x sum (1 - p)).
 * It assumes that the outcome given the patient has not changed; where it has, the estimate says nothing. NaN without
 * rows or where all probabilities are 0 or all are 1.
 */
export function expectedAuroc({ scores, probabilities }: Unlabelled): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let negatives = 0; // expected, of lower scores
  let concordant = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let [tiePositive, tieNegative, end] = [0, 0, start];
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) {
      tiePositive += probabilities[order[end]];
      tieNegative += 1 - probabilities[order[end]];
    }
    concordant += tiePositive * (negatives + tieNegative / 2);
    negatives += tieNegative;
    positives += tiePositive;
    start = end;
  }
  return concordant / (positives * negatives);
}

/** The rate of readmissions that is expected: the mean calibrated probability. */
export function expectedRate({ probabilities }: Unlabelled): number {
  return probabilities.reduce((total, p) => total + p, 0) / probabilities.length;
}
