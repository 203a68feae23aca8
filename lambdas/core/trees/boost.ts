// Gradient boosting of histogram trees on the binary log loss (Chen & Guestrin 2016; Ke et al. 2017; quantised as in Shi et al. 2022).
import { BARRIER_WORDS, Barrier } from './barrier.ts';
import { runBooster } from './booster.ts';
import { wasmRuns } from './load-kernels.ts';
import { viewsOf } from './memory.ts';
import { type BoostedTrees, type BoostSettings, type LearningPoint, slotsFor } from './settings.ts';
import { Team, workerUrl } from './team.ts';
import { prepare, type TrainingRows, type TrainingSet } from './training-set.ts';

export interface BoostOptions {
  /** The model's bytes do not depend on it. One thread means this one, and no worker. */
  readonly threads: number;
  readonly onRound?: (point: LearningPoint) => void;
  /** WebAssembly kernels; by default where they run. Bytes do not depend on it. */
  readonly wasm?: boolean;
  /** The worker's file, when it is not where team.ts expects it. */
  readonly workerUrl?: URL;
}

/** @throws BadMatrix, TooLarge, WorkerDied. */
export async function boost(rows: TrainingRows, settings: BoostSettings, options: BoostOptions): Promise<BoostedTrees> {
  const { threads, onRound, wasm = wasmRuns() } = options;
  const prepared = () => prepare(rows, settings.maxBins, slotsFor(settings), threads, wasm);
  if (threads === 1) return runBooster(prepared(), settings, 0, onRound);
  const team = new Team(threads, options.workerUrl ?? workerUrl());
  try {
    return await runOn(team, prepared(), settings, onRound);
  } finally {
    await team.end();
  }
}

function runOn(
  team: Team,
  set: TrainingSet,
  settings: BoostSettings,
  onRound: BoostOptions['onRound'],
): Promise<BoostedTrees> {
  return team.run(
    set.threads.map((_, thread) => ({
      kind: 'boost',
      set,
      settings,
      thread,
      reportRounds: thread === 0 && onRound !== undefined,
    })),
    (report) => {
      if (report.kind === 'round') onRound?.(report.point);
      return report.kind === 'boosted' ? report.result : undefined;
    },
    () => Barrier.abort(viewsOf(set.block).i32.subarray(set.barrier / 4, set.barrier / 4 + BARRIER_WORDS)),
  );
}
