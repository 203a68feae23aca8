// Gradient boosting of histogram trees on the binary log loss (Chen & Guestrin 2016; Ke et al. 2017).
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { binColumn, type ColumnBins, learnBins } from './binning.ts';
import { counterHash, drawBelow, drawColumns } from './counter-hash.ts';
import { leafWeight, type NodeSums, type Split, type SplitRules, scanCategory, scanNumeric } from './split.ts';
import type { Tree } from './tree.ts';

/** Settings of a boosting run; see candidate.ts for their meaning. */
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

export interface LearningPoint {
  readonly round: number;
  readonly validation_log_loss: number;
}

export interface BoostedTrees {
  readonly baseMargin: number;
  /** Up to the best round. */
  readonly trees: Tree[];
  readonly learningCurve: LearningPoint[];
  readonly rounds: number;
}

export interface BoostOptions {
  readonly threads: number;
  readonly onProgress?: (point: LearningPoint) => void;
}

export async function boost(
  train: LabelledMatrix,
  validation: LabelledMatrix,
  settings: BoostSettings,
  options: BoostOptions,
): Promise<BoostedTrees> {
  const columns = learnBins(train, settings.maxBins);
  const width = columns.length;
  const rows = train.rows + validation.rows;
  const codes = new Uint8Array(rows * width);
  columns.forEach((how, column) => {
    binColumn(train, column, how, codes, column * rows);
    binColumn(validation, column, how, codes, column * rows + train.rows);
  });
  const positives = train.labels.reduce((sum, label) => sum + label, 0);
  const baseMargin = Math.fround(Math.log(positives / (train.rows - positives)));
  const margins = new Float64Array(rows).fill(baseMargin);
  const g = new Float64Array(rows);
  const h = new Float64Array(rows);
  const trees: Tree[] = [];
  const learningCurve: LearningPoint[] = [];
  let best = { round: 0, loss: Infinity };
  const below = drawBelow(settings.subsample);
  for (let round = 0; round < settings.rounds; round += 1) {
    const sampled: number[] = [];
    const rest: number[] = [];
    for (let row = 0; row < rows; row += 1) {
      if (row < train.rows && counterHash(settings.seed, round, row) < below) {
        const p = 1 / (1 + Math.exp(-margins[row]));
        g[row] = p - train.labels[row];
        h[row] = p * (1 - p);
        sampled.push(row);
      } else rest.push(row);
    }
    const drawn = drawColumns(settings.seed, 2 ** 30 + round, width, Math.round(settings.colsample * width));
    const tree = growTree({ codes, rows, columns, drawn, g, h, settings, margins }, sampled, rest);
    trees.push(tree);
    let loss = 0;
    for (let row = 0; row < validation.rows; row += 1) {
      const margin = margins[train.rows + row];
      loss += Math.log1p(Math.exp(validation.labels[row] === 1 ? -margin : margin));
    }
    const point = { round: round + 1, validation_log_loss: loss / validation.rows };
    learningCurve.push(point);
    options.onProgress?.(point);
    if (point.validation_log_loss < best.loss) best = { round: round + 1, loss: point.validation_log_loss };
    else if (settings.earlyStoppingRounds > 0 && round + 1 - best.round >= settings.earlyStoppingRounds) break;
  }
  const kept = settings.earlyStoppingRounds > 0 ? best.round : trees.length;
  return { baseMargin, trees: trees.slice(0, kept), learningCurve, rounds: kept };
}

interface Growth {
  readonly codes: Uint8Array;
  readonly rows: number;
  readonly columns: readonly ColumnBins[];
  readonly drawn: readonly number[];
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly margins: Float64Array;
  readonly settings: BoostSettings;
}

function growTree(growth: Growth, sampled: number[], rest: number[]): Tree {
  const { codes, rows, columns, drawn, settings } = growth;
  const tree = {
    feature: [],
    threshold: [],
    levels: [],
    missing_left: [],
    left: [],
    right: [],
    value: [],
    cover: [],
    gain: [],
  } as {
    feature: number[];
    threshold: number[];
    levels: (number[] | null)[];
    missing_left: number[];
    left: number[];
    right: number[];
    value: number[];
    cover: number[];
    gain: number[];
  };
  const addNode = (sums: NodeSums): number => {
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.levels.push(null);
    tree.missing_left.push(0);
    tree.left.push(0);
    tree.right.push(0);
    tree.value.push(0);
    tree.gain.push(0);
    return tree.cover.push(Math.fround(sums.hessian)) - 1;
  };
  const total = (list: readonly number[], of: Float64Array) => list.reduce((sum, row) => sum + of[row], 0);
  const rootSums = {
    gradient: total(sampled, growth.g),
    hessian: total(sampled, growth.h),
    lower: -Infinity,
    upper: Infinity,
  };
  let level = [{ id: addNode(rootSums), sums: rootSums, sampled, rest, depth: 0 }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const node of level) {
      const split = node.depth < settings.maxDepth ? bestSplit(growth, node.sampled, node.sums) : null;
      if (split === null) {
        const { gradient, hessian, lower, upper } = node.sums;
        const value = Math.fround(settings.learningRate * leafWeight(gradient, hessian, settings.l2, lower, upper));
        tree.value[node.id] = value;
        for (const list of [node.sampled, node.rest]) for (const row of list) growth.margins[row] += value;
        continue;
      }
      const how = columns[split.column];
      const goesLeft = (row: number) => {
        const bin = codes[split.column * rows + row];
        if (bin === 0) return split.missingLeft;
        return split.set === null ? bin <= split.bin : split.set.includes(bin);
      };
      const sums = (gradient: number, hessian: number): NodeSums => ({ ...node.sums, gradient, hessian });
      const leftSums = sums(split.leftGradient, split.leftHessian);
      const rightSums = sums(node.sums.gradient - split.leftGradient, node.sums.hessian - split.leftHessian);
      const left = addNode(leftSums);
      const right = addNode(rightSums);
      tree.feature[node.id] = split.column;
      tree.threshold[node.id] =
        split.set !== null ? 0 : split.bin - 1 < how.cuts.length ? how.cuts[split.bin - 1] : 3.4028234663852886e38;
      tree.levels[node.id] = split.set?.map((bin) => bin - 1) ?? null;
      tree.missing_left[node.id] = split.missingLeft ? 1 : 0;
      tree.left[node.id] = left;
      tree.right[node.id] = right;
      tree.gain[node.id] = Math.fround(split.gain);
      const half = (list: readonly number[], side: boolean) => list.filter((row) => goesLeft(row) === side);
      for (const [id, childSums, side] of [
        [left, leftSums, true],
        [right, rightSums, false],
      ] as const) {
        next.push({
          id,
          sums: childSums,
          sampled: half(node.sampled, side),
          rest: half(node.rest, side),
          depth: node.depth + 1,
        });
      }
    }
    level = next;
  }
  void drawn;
  return tree;
}

function bestSplit(growth: Growth, sampled: readonly number[], sums: NodeSums): (Split & { column: number }) | null {
  const { codes, rows, columns, drawn, settings } = growth;
  const best: Split = {
    gain: settings.minGain,
    bin: 0,
    set: null,
    missingLeft: false,
    leftGradient: 0,
    leftHessian: 0,
  };
  const g = new Float64Array(256);
  const h = new Float64Array(256);
  let column = -1;
  for (const candidate of drawn) {
    g.fill(0);
    h.fill(0);
    for (const row of sampled) {
      const bin = codes[candidate * rows + row];
      g[bin] += growth.g[row];
      h[bin] += growth.h[row];
    }
    const { kind, bins } = columns[candidate];
    const better =
      kind === 'category'
        ? scanCategory(g, h, 0, bins, sums, settings, best)
        : scanNumeric(g, h, 0, bins, sums, settings, settings.monotone[candidate], best);
    if (better) column = candidate;
  }
  return column < 0 ? null : { ...best, column };
}
