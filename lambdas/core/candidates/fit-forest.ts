// Random forest as a candidate.
import { fitForest } from '../trees/forest.ts';
import type { ForestParams } from './candidate.ts';
import type { FitData, FitOptions, Uncalibrated } from './fitted.ts';
import { gainShares } from './importance.ts';

export async function fitRandomForest(
  params: ForestParams,
  seed: number,
  data: FitData,
  options: FitOptions,
): Promise<Uncalibrated> {
  const names = data.train.features.map((feature) => feature.name);
  const tried = params.colsample === null ? Math.sqrt(names.length) : params.colsample * names.length;
  const settings = {
    trees: params.trees,
    maxDepth: params.max_depth,
    maxBins: params.max_bins,
    minLeafRows: params.min_leaf_rows,
    columnsTried: Math.max(1, Math.round(tried)),
    subsample: params.subsample,
    seed,
  };
  const trees = await fitForest(data.train, settings, options.threads);
  return {
    model: { kind: 'forest', trees, features: names, calibration: null },
    learning_curve: [],
    importance: gainShares(names, trees),
    rounds: trees.length,
  };
}
