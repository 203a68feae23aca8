// Fits one candidate: trains the algorithm, calibrates it on validation rows, and says what it learned.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { encode } from '../linear/encode.ts';
import { fitLogistic } from '../linear/logistic.ts';
import { BadMatrix } from '../trees/binning.ts';
import { boost } from '../trees/boost.ts';
import { fitForest } from '../trees/forest.ts';
import type { LearningPoint } from '../trees/settings.ts';
import type { Tree } from '../trees/tree.ts';
import type { BoostingParams, Candidate, ForestParams, LogisticParams } from './candidate.ts';
import type { LinearTerm, Model } from './model.ts';

export interface FitData {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix;
}

export interface FitOptions {
  /** Threads at most; the model's bytes do not depend on it. */
  readonly threads: number;
  readonly onProgress?: (point: LearningPoint) => void;
}

export interface FittedCandidate {
  readonly model: Model;
  readonly learning_curve: readonly LearningPoint[];
  /** By feature, highest first: share of the trees' total gain, or of the linear terms' spread; empty for the constant. */
  readonly importance: readonly { readonly feature: string; readonly share: number }[];
  readonly fit: {
    readonly algorithm: Candidate['algorithm'];
    readonly rounds: number;
    readonly train_rows: number;
    readonly validation_rows: number;
  };
}

type Uncalibrated = Pick<FittedCandidate, 'model' | 'learning_curve' | 'importance'> & { readonly rounds: number };

/**
 * @throws BadMatrix when the rows cannot be trained on (an infinite number, a value that is no level, no rows).
 * @throws OneClass when the training or validation rows are all of one class.
 */
export async function fitCandidate(candidate: Candidate, data: FitData, options: FitOptions): Promise<FittedCandidate> {
  checkRows('training', data.train);
  checkRows('validation', data.validation);
  const fitted = await fitAlgorithm(candidate, data, options);
  const { rounds, ...rest } = fitted;
  return {
    ...rest,
    fit: { algorithm: candidate.algorithm, rounds, train_rows: data.train.rows, validation_rows: data.validation.rows },
  };
}

/** All rows have the same label: nothing can be learned or measured. */
export class OneClass extends Error {
  override readonly name = 'OneClass';
}

function checkRows(which: string, matrix: LabelledMatrix): void {
  if (matrix.rows === 0) throw new BadMatrix(`There are no ${which} rows.`);
  const positives = matrix.labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === matrix.rows) {
    throw new OneClass(
      `All ${matrix.rows} ${which} rows are ${positives === 0 ? 'negative' : 'positive'}; both classes are needed.`,
    );
  }
}

function fitAlgorithm(candidate: Candidate, data: FitData, options: FitOptions): Promise<Uncalibrated> | Uncalibrated {
  switch (candidate.algorithm) {
    case 'gradient_boosting':
      return fitBoosting(candidate.params, candidate.seed, data, options);
    case 'random_forest':
      return fitRandomForest(candidate.params, candidate.seed, data);
    case 'logistic_regression':
      return fitLinear(candidate.params, data);
    case 'constant':
      return fitConstant(data);
  }
}

async function fitBoosting(
  params: BoostingParams,
  seed: number,
  data: FitData,
  options: FitOptions,
): Promise<Uncalibrated> {
  const { features } = data.train;
  const fitted = await boost(
    data,
    {
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
    },
    { threads: options.threads, onRound: options.onProgress },
  );
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

function fitRandomForest(params: ForestParams, seed: number, data: FitData): Uncalibrated {
  const names = data.train.features.map((feature) => feature.name);
  const trees = fitForest(data.train, {
    trees: params.trees,
    maxDepth: params.max_depth,
    maxBins: params.max_bins,
    minLeafRows: params.min_leaf_rows,
    columnsTried: Math.max(
      1,
      Math.round(params.colsample === null ? Math.sqrt(names.length) : params.colsample * names.length),
    ),
    subsample: params.subsample,
    seed,
  });
  return {
    model: { kind: 'forest', trees, features: names, calibration: null },
    learning_curve: [],
    importance: gainShares(names, trees),
    rounds: trees.length,
  };
}

function gainShares(names: readonly string[], trees: readonly Tree[]): { feature: string; share: number }[] {
  const gains = new Float64Array(names.length);
  for (const tree of trees)
    tree.feature.forEach((column, node) => {
      if (column >= 0) gains[column] += tree.gain[node];
    });
  return shares(names, gains);
}

function shares(names: readonly string[], amounts: Float64Array): { feature: string; share: number }[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return names
    .map((feature, column) => ({ feature, share: total > 0 ? amounts[column] / total : 0 }))
    .sort((a, b) => b.share - a.share || (a.feature < b.feature ? -1 : 1));
}

function fitLinear(params: LogisticParams, data: FitData): Uncalibrated {
  const design = encode(data.train);
  const fitted = fitLogistic(design, data.train.labels, params.l2, params.max_iterations);
  const spread = new Float64Array(design.width);
  const sums = new Float64Array(design.width);
  design.index.forEach((index, at) => {
    const term = fitted.weights[index] * design.value[at];
    spread[at % design.width] += Math.abs(term);
    sums[at % design.width] += term;
  });
  const terms = design.columns.map(({ kind, start, levels, mean, scale }, column): LinearTerm => {
    const weights = Array.from(fitted.weights.subarray(start, start + levels), Math.fround);
    const missing_weight = Math.fround(fitted.weights[start + levels]);
    const average = Math.fround(sums[column] / design.rows);
    return kind === 'category'
      ? { kind, weights, missing_weight, average }
      : { kind, mean, scale, weight: weights[0], missing_weight, average };
  });
  const names = data.train.features.map((feature) => feature.name);
  return {
    model: { kind: 'linear', intercept: Math.fround(fitted.intercept), terms, features: names, calibration: null },
    learning_curve: [],
    importance: shares(names, spread),
    rounds: fitted.iterations,
  };
}

function fitConstant(data: FitData): Uncalibrated {
  const { labels, rows, features } = data.train;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const margin = Math.fround(Math.log(positives / (rows - positives)));
  return {
    model: { kind: 'constant', margin, features: features.map((feature) => feature.name), calibration: null },
    learning_curve: [],
    importance: [],
    rounds: 0,
  };
}
