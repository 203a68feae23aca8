// How often what was predicted came true: rows in bins of equal mass by probability.

import type { Ranking } from './ranking.ts';
import { BINS } from './sweep.ts';

export interface ReliabilityBin {
  /** 0 = lowest probabilities; bins that ties left empty are absent. */
  readonly bin: number;
  /** Lowest and highest probability in the bin. */
  readonly lower: number;
  readonly upper: number;
  readonly rows: number;
  readonly mean_predicted: number;
  readonly observed: number;
}

/**
 * Rows of one probability always share a bin: the one in which the middle of their ranks falls,
 * floor(bins x (rows below + half the rows of the tie) / rows). Without ties that is row i in bin
 * floor(bins x (i + 1/2) / rows). The expected calibration error is the mean over rows of |mean predicted - observed| of
 * their bin.
 */
export function reliabilityTable(ranking: Ranking, bins: number = BINS): ReliabilityBin[] {
  const { rows, label, probability } = ranking;
  const tallies: { bin: number; start: number; hits: number; sum: number; end: number }[] = [];
  for (const [start, end] of tiesAscending(ranking)) {
    const bin = Math.floor((bins * (rows - (start + end) / 2)) / rows);
    if (tallies.at(-1)?.bin !== bin) tallies.push({ bin, start, end, hits: 0, sum: 0 });
    const tally = tallies[tallies.length - 1];
    tally.start = start;
    for (let i = start; i < end; i++) {
      tally.hits += label[i];
      tally.sum += probability[i];
    }
  }
  return tallies.map(({ bin, start, end, hits, sum }) => ({
    bin,
    lower: probability[end - 1],
    upper: probability[start],
    rows: end - start,
    mean_predicted: sum / (end - start),
    observed: hits / (end - start),
  }));
}

/** [start, end) of each run of equal probabilities, lowest probability first. */
function* tiesAscending({ rows, endsTie }: Ranking): Generator<[number, number]> {
  for (let end = rows; end > 0; ) {
    let start = end - 1;
    while (start > 0 && endsTie[start - 1] === 0) start--;
    yield [start, end];
    end = start;
  }
}
