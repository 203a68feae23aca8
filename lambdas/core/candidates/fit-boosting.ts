// Gradient boosting as a candidate: its parameters as the trainer's settings, its trees as a model.
import type { Feature } from '../encounter/matrix.ts';
import { boost } from '../trees/boost.ts';
import type { BoostSettings } from '../trees/settings.ts';
import type { BoostingParams } from './candidate.ts';
import type { FitData, FitOptions, Uncalibrated } from './fitted.ts';
import { gainShares } from './importance.ts';

export async function fitBoosting(
  params: BoostingParams,
  seed: number,
  data: FitData,
  options: FitOptions,
): Promise<Uncalibrated> {
  const { features } = data.train;
  const settings = boostSettings(params, seed, features);
  const fitted = await boost(data, settings, { threads: options.threads, onRound: options.onProgress });
  const names = features.map((feature) => feature.name);
  return {
    model: {
      kind: 'boosted_trees',
      base_margin: fitted.baseMargin,
      trees: [...fitted.trees],
      features: names,
      calibration: null,
    },
    learning_curve: fitted.learningCurve,
    importance: gainShares(names, fitted.trees),
    rounds: fitted.trees.length,
  };
}

/** @throws UnknownFeature when a monotone constraint names no numeric feature. */
export function boostSettings(params: BoostingParams, seed: number, features: readonly Feature[]): BoostSettings {
  for (const name of Object.keys(params.monotone)) {
    if (!features.some((feature) => feature.name === name && feature.kind === 'numeric')) {
      throw new UnknownFeature(`The monotone constraint on ${name} names no numeric feature.`);
    }
  }
  return {
    rounds: params.rounds,
    learningRate: params.learning_rate,
    growth: params.growth,
    maxDepth: params.max_depth,
    maxLeaves: params.max_leaves,
    maxBins: params.max_bins,
    subsample: params.subsample,
    colsample: params.colsample,
    earlyStoppingRounds: params.early_stopping_rounds,
    l2: params.l2,
    minGain: params.min_gain,
    minChildWeight: params.min_child_weight,
    categorySmoothing: params.category_smoothing,
    categoryL2: params.category_l2,
    categoryMinWeight: params.category_min_weight,
    categoryMaxLevels: params.category_max_levels,
    monotone: features.map((feature) => params.monotone[feature.name] ?? 0),
    seed,
  };
}

/** A setting names a feature that the data does not have; correct the candidate. */
export class UnknownFeature extends Error {
  override readonly name = 'UnknownFeature';
}
