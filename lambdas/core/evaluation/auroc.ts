// The AUROC of a resample alone, for the many subgroups of a paired comparison, which need nothing else.

import type { Ranking } from './ranking.ts';

/** The share of (positive, negative) pairs in which the positive ranks higher, a tie counting one half; NaN for one class. */
export function weightedAuroc(ranking: Ranking, multiplicity: Uint8Array): number {
  const { rows, label, endsTie, patient } = ranking;
  let positive = 0;
  let negative = 0;
  let tiePositive = 0;
  let tieNegative = 0;
  let concordant = 0; // twice the weight of concordant pairs: an exact integer
  for (let i = 0; i < rows; i++) {
    const weight = multiplicity[patient[i]];
    const hit = weight * label[i];
    tiePositive += hit;
    tieNegative += weight - hit;
    if (endsTie[i] === 0) continue;
    concordant += tieNegative * (2 * positive + tiePositive);
    positive += tiePositive;
    negative += tieNegative;
    tiePositive = 0;
    tieNegative = 0;
  }
  return concordant / 2 / (positive * negative);
}
