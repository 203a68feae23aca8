// Settings of a boosting run and what it gives back.
import type { SplitRules } from './split.ts';
import type { Tree } from './tree.ts';

/** See candidate.ts for the meaning of each. */
export interface BoostSettings extends SplitRules {
  readonly rounds: number;
  readonly learningRate: number;
  readonly growth: 'depth' | 'leaf';
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly maxBins: number;
  readonly subsample: number;
  readonly colsample: number;
  readonly earlyStoppingRounds: number;
  /** A direction (1, -1, 0) a column. */
  readonly monotone: readonly number[];
  readonly seed: number;
}

/** Mean log loss after so many rounds; training loss only now and then (it costs a pass over all rows). */
export interface LearningPoint {
  readonly round: number;
  readonly validation_log_loss: number;
  readonly train_log_loss?: number;
}

export interface BoostedTrees {
  readonly baseMargin: number;
  /** Up to the best round when stopping early, else all. */
  readonly trees: readonly Tree[];
  readonly learningCurve: readonly LearningPoint[];
}

/** Nodes that can be open at once, and so the histogram slots a run needs. */
export function slotsFor(settings: BoostSettings): number {
  const byDepth = 2 ** (settings.maxDepth - 1);
  return settings.growth === 'depth' ? byDepth : Math.min(byDepth, settings.maxLeaves);
}
