// AUROC and expected calibration error of one resample, in one pass over the ranked rows.
import type { Ranking } from '../evaluation/ranking.ts';
import { BINS } from '../evaluation/sweep.ts';

/**
 * Writes AUROC (ties count one half) and ECE (mean over rows of |mean predicted - observed| of their bin, by the bins of
 * reliability.ts) to out[0] and out[1]. Rows count as often as their patient was drawn; `total` is the sum of those counts.
 */
export function sweep(ranking: Ranking, multiplicity: Uint8Array, total: number, out: Float64Array): void {
  const { rows, label, probability, endsTie, patient } = ranking;
  let above = 0;
  let abovePositive = 0;
  let tie = 0;
  let hits = 0;
  let concordant = 0; // twice the weight of concordant pairs: an exact integer
  let gap = 0;
  let gaps = 0;
  let bin = BINS - 1;
  for (let i = 0; i < rows; i += 1) {
    const weight = multiplicity[patient[i]];
    if (weight > 0) {
      tie += weight;
      hits += weight * label[i];
    }
    if (endsTie[i] === 0 || tie === 0) continue;
    concordant += (tie - hits) * (2 * abovePositive + hits);
    // Ascending mid-rank of the tie decides its bin. Twice of all, so that all is integer.
    const middle = BINS * (2 * (total - above) - tie);
    if (middle < 2 * total * bin) {
      gaps += Math.abs(gap);
      gap = 0;
      while (middle < 2 * total * bin) bin -= 1;
    }
    gap += hits - tie * probability[i];
    above += tie;
    abovePositive += hits;
    tie = 0;
    hits = 0;
  }
  out[0] = concordant / 2 / (abovePositive * (above - abovePositive));
  out[1] = (gaps + Math.abs(gap)) / total;
}
