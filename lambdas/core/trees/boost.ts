// Gradient boosting of histogram trees on the binary log loss (Chen & Guestrin 2016; Ke et al. 2017; quantised as in Shi et al. 2022).
import { wasmRuns } from './load-kernels.ts';
import { type BoostedTrees, type BoostSettings, type LearningPoint, slotsFor } from './settings.ts';
import { Team, workerUrl } from './team.ts';
import { prepare, type TrainingRows } from './training-set.ts';

export interface BoostOptions {
  /** The model's bytes do not depend on it. */
  readonly threads: number;
  readonly onRound?: (point: LearningPoint) => void;
  /** WebAssembly kernels; by default where they run. Bytes do not depend on it. */
  readonly wasm?: boolean;
  /** The worker's file, when it is not where team.ts expects it. */
  readonly workerUrl?: URL;
}

/** @throws BadMatrix, TooLarge, WorkerDied. */
export async function boost(rows: TrainingRows, settings: BoostSettings, options: BoostOptions): Promise<BoostedTrees> {
  const team = new Team(options.threads, options.workerUrl ?? workerUrl());
  try {
    const set = prepare(rows, settings.maxBins, slotsFor(settings), options.threads, options.wasm ?? wasmRuns());
    return await team.run(set, settings, options.onRound);
  } finally {
    await team.end();
  }
}
