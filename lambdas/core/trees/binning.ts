// Quantile bins: each column of a matrix becomes one byte a row, column-major, bin 0 = missing.
import type { Feature, FeatureMatrix } from '../encounter/matrix.ts';
import { eachColumnBlock } from './column-blocks.ts';
import { ValueTable } from './value-table.ts';

/** How one column was binned. */
export interface ColumnBins {
  readonly kind: 'numeric' | 'category';
  /** Bins in use, the missing bin 0 included (<= 256). A category's level l is bin l + 1. */
  readonly bins: number;
  /** Numeric: bin b >= 1 holds cuts[b - 2] < x <= cuts[b - 1], the last bin all above. Float32-exact, so splits are too. */
  readonly cuts: Float32Array;
}

/** Most bins of a column beside the missing one. */
export const MAX_BINS = 255;

/**
 * Bins of every column, learned on the training rows. A constant or all-missing column gets no split and does no harm.
 * @throws BadMatrix for an infinite number, a category value that is not a level index, or too many levels.
 */
export function learnBins(train: FeatureMatrix, maxBins: number): ColumnBins[] {
  const { features } = train;
  const seen = features.map(() => new ValueTable());
  eachColumnBlock(train, (column, values) => countValues(values, seen[column]));
  return features.map((feature, column) => {
    const { values, numbers } = seen[column].sorted();
    checkValues(feature, values);
    if (feature.kind === 'category') return categoryBins(feature, values);
    const cuts = quantileCuts(values, numbers, maxBins);
    return { kind: 'numeric', bins: cuts.length + (values.length > 0 ? 2 : 1), cuts };
  });
}

/** The matrix cannot be trained on; the sentence names column and reason. */
export class BadMatrix extends Error {
  override readonly name = 'BadMatrix';
}

function countValues(values: Float32Array, seen: ValueTable): void {
  for (let row = 0; row < values.length; row += 1) if (!Number.isNaN(values[row])) seen.count(values[row]);
}

function checkValues(feature: Feature, values: Float32Array): void {
  const bad = values.find(
    feature.kind === 'numeric'
      ? (x) => !Number.isFinite(x)
      : (x) => !Number.isInteger(x) || x < 0 || (feature.levels !== undefined && x >= feature.levels.length),
  );
  if (bad === undefined) return;
  throw new BadMatrix(
    feature.kind === 'numeric'
      ? `${feature.name} holds ${bad}; use NaN for a missing number.`
      : `Category ${feature.name} holds ${bad}, which is not one of its level indices.`,
  );
}

function categoryBins(feature: Feature, values: Float32Array): ColumnBins {
  const levels = feature.levels?.length ?? (values.at(-1) ?? -1) + 1;
  if (levels > MAX_BINS) {
    throw new BadMatrix(
      `Category ${feature.name} has ${levels} levels; at most ${MAX_BINS} are supported: group the rare.`,
    );
  }
  return { kind: 'category', bins: levels + 1, cuts: new Float32Array(0) };
}

/** Cuts between distinct ascending values: all of them when they fit, else into bins of about equal mass. */
export function quantileCuts(values: Float32Array, counts: Float64Array, maxBins: number): Float32Array {
  const cuts: number[] = [];
  let left = counts.reduce((sum, count) => sum + count, 0);
  let mass = 0;
  for (let index = 0; index + 1 < values.length; index += 1) {
    mass += counts[index];
    const binsLeft = maxBins - cuts.length;
    if (binsLeft <= 1) break;
    if (values.length > maxBins && mass < left / binsLeft) continue;
    cuts.push(between(values[index], values[index + 1]));
    left -= mass;
    mass = 0;
  }
  return Float32Array.from(cuts);
}

/** A float32 c with low <= c < high, the middle where there is one. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}

/**
 * Writes the bins of every column: `out[column * stride + firstRow + row]`. Levels beyond the feature's own are binned as missing.
 */
export function binColumns(
  matrix: FeatureMatrix,
  columns: readonly ColumnBins[],
  out: Uint8Array,
  stride: number,
  firstRow: number,
): void {
  const binPlusOne = columns.map(() => new ValueTable());
  eachColumnBlock(matrix, (column, values, row) => {
    binValues(values, columns[column], binPlusOne[column], out, column * stride + firstRow + row);
  });
}

function binValues(values: Float32Array, how: ColumnBins, known: ValueTable, out: Uint8Array, at: number): void {
  for (let row = 0; row < values.length; row += 1) {
    const x = values[row];
    if (Number.isNaN(x)) {
      out[at + row] = 0;
      continue;
    }
    let bin = known.get(x);
    if (bin === 0) {
      bin = binOf(x, how) + 1;
      known.set(x, bin);
    }
    out[at + row] = bin - 1;
  }
}

/** Bin of a present value. */
function binOf(x: number, how: ColumnBins): number {
  if (how.kind === 'category') return Number.isInteger(x) && x >= 0 && x < how.bins - 1 ? x + 1 : 0;
  if (how.bins === 1) return 0;
  let low = 0;
  let high = how.cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (how.cuts[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
