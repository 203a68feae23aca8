// Every metric of one resample in one pass over the ranked rows, each row counted as often as its patient was drawn.

import type { Ranking } from './ranking.ts';

/** Figures that a whole evaluation and each slice have, in the order in which `sweep` writes them. */
export const SCALARS = [
  'auroc',
  'auprc',
  'log_loss',
  'brier',
  'ece',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'flagged_share',
] as const;

export const TOP_SHARES = [0.05, 0.1, 0.2] as const;
export const TOP_FIGURES = ['precision', 'recall', 'lift'] as const;
export const NET_BENEFIT_THRESHOLDS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3] as const;
export const BINS = 10;

/** Where the groups of figures start in the output of `sweep`. */
export const TOP_AT = SCALARS.length;
export const NET_BENEFIT_AT = TOP_AT + TOP_SHARES.length * TOP_FIGURES.length;
export const OBSERVED_AT = NET_BENEFIT_AT + NET_BENEFIT_THRESHOLDS.length;
export const FIGURES = OBSERVED_AT + BINS;

/** A threshold and the number of ranked rows at or above it; `place` 0 is the model's own, then those of net benefit. */
interface Cut {
  readonly threshold: number;
  readonly end: number;
  readonly place: number;
}

/** A ranking made ready: `run(multiplicity, out)` may be called any number of times and allocates nothing. */
export interface Sweep {
  /**
   * @param multiplicity how often each patient counts (1 everywhere for the rows themselves)
   * @param out FIGURES numbers; NaN where a figure is not defined for these weights
   */
  run(multiplicity: Uint8Array, out: Float64Array): void;
}

export function prepareSweep(ranking: Ranking, threshold: number): Sweep {
  const { rows, label, probability, endsTie, logLoss, patient } = ranking;
  const cuts: Cut[] = [threshold, ...NET_BENEFIT_THRESHOLDS]
    .map((value, place) => ({ threshold: value, end: countAtOrAbove(probability, value), place }))
    .sort((a, b) => a.end - b.end);
  const squaredError = probability.map((value, i) => (value - label[i]) ** 2);
  const weights = new Uint8Array(rows);
  const cutEnd = Uint32Array.from(cuts, (cut) => cut.end);
  const cutWeight = new Float64Array(cuts.length);
  const cutPositive = new Float64Array(cuts.length);
  const topPositive = new Float64Array(TOP_SHARES.length);
  const binWeight = new Float64Array(BINS);
  const binPositive = new Float64Array(BINS);
  const binPredicted = new Float64Array(BINS);

  function run(multiplicity: Uint8Array, out: Float64Array): void {
    let total = 0;
    let positive = 0;
    let lossSum = 0;
    let squareSum = 0;
    for (let i = 0; i < rows; i++) {
      const weight = multiplicity[patient[i]];
      weights[i] = weight;
      total += weight;
      positive += weight * label[i];
      lossSum += weight * logLoss[i];
      squareSum += weight * squaredError[i];
    }

    binWeight.fill(0);
    binPositive.fill(0);
    binPredicted.fill(0);
    let above = 0; // weight of the rows of higher probability
    let abovePositive = 0;
    let tieWeight = 0;
    let tiePositive = 0;
    let concordant = 0; // twice the weight of concordant pairs, a tie counting one half: an exact integer
    let precisionSum = 0;
    let bin = BINS - 1;
    let cut = 0;
    let nextCut = cutEnd[0];
    let top = 0;
    let nextTop = TOP_SHARES[0] * total;
    for (let i = 0; i < rows; i++) {
      while (nextCut === i) {
        cutWeight[cut] = above;
        cutPositive[cut] = abovePositive;
        nextCut = ++cut < cutEnd.length ? cutEnd[cut] : rows + 1;
      }
      const weight = weights[i];
      tieWeight += weight;
      tiePositive += weight * label[i];
      if (endsTie[i] === 0 || tieWeight === 0) continue;
      if (tiePositive > 0) precisionSum += (tiePositive * (abovePositive + tiePositive)) / (above + tieWeight);
      concordant += (tieWeight - tiePositive) * (2 * abovePositive + tiePositive);
      // Ascending mid-rank of the tie decides its bin: ties stay together (reliability.ts). Twice of all, so that all is integer.
      const middle = BINS * (2 * (total - above) - tieWeight);
      while (middle < 2 * total * bin) bin--;
      binWeight[bin] += tieWeight;
      binPositive[bin] += tiePositive;
      binPredicted[bin] += tieWeight * probability[i];
      while (above + tieWeight >= nextTop) {
        topPositive[top] = abovePositive + (tiePositive * (nextTop - above)) / tieWeight;
        nextTop = ++top < TOP_SHARES.length ? TOP_SHARES[top] * total : Number.POSITIVE_INFINITY;
      }
      above += tieWeight;
      abovePositive += tiePositive;
      tieWeight = 0;
      tiePositive = 0;
    }
    for (; cut < cutEnd.length; cut++) {
      cutWeight[cut] = above;
      cutPositive[cut] = abovePositive;
    }

    out[0] = concordant / 2 / (positive * (total - positive));
    out[1] = precisionSum / positive;
    out[2] = lossSum / total;
    out[3] = squareSum / total;
    out[4] = 0;
    for (let bin = 0; bin < BINS; bin++) {
      out[4] += Math.abs(binPositive[bin] - binPredicted[bin]) / total;
      out[OBSERVED_AT + bin] = binPositive[bin] / binWeight[bin];
    }
    for (let at = 0; at < cuts.length; at++) {
      if (cuts[at].place === 0) decisions(cutWeight[at], cutPositive[at], total, positive, out);
      else
        out[NET_BENEFIT_AT + cuts[at].place - 1] = netBenefit(
          cuts[at].threshold,
          cutWeight[at],
          cutPositive[at],
          total,
        );
    }
    for (let at = 0; at < TOP_SHARES.length; at++) {
      const found = topPositive[at] / positive;
      out[TOP_AT + 3 * at] = topPositive[at] / (TOP_SHARES[at] * total);
      out[TOP_AT + 3 * at + 1] = found;
      out[TOP_AT + 3 * at + 2] = found / TOP_SHARES[at];
    }
  }

  return { run };
}

function decisions(flagged: number, hits: number, total: number, positive: number, out: Float64Array): void {
  out[5] = (hits + (total - positive) - (flagged - hits)) / total;
  out[6] = hits / flagged;
  out[7] = hits / positive;
  out[8] = (2 * hits) / (flagged + positive);
  out[9] = flagged / total;
}

function netBenefit(threshold: number, flagged: number, hits: number, total: number): number {
  return (hits - ((flagged - hits) * threshold) / (1 - threshold)) / total;
}

/** Probabilities are in descending order. */
function countAtOrAbove(probability: Float64Array, threshold: number): number {
  let low = 0;
  let high = probability.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (probability[middle] >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
