// Quantile bins: each column of a matrix becomes one byte a row, column-major, bin 0 = missing.
import type { Feature, FeatureMatrix } from '../encounter/matrix.ts';
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
/** Rows of one stretch: see eachStretch. */
const STRETCH = 512;

/**
 * Learns the bins of every column on the training rows and writes the rows' bins: `out[column * stride + row]`. A constant or
 * all-missing column gets no split and does no harm.
 * @throws BadMatrix for an infinite number, a category value that is not a level index, or too many levels.
 */
export function binTraining(train: FeatureMatrix, maxBins: number, out: Uint8Array, stride: number): ColumnBins[] {
  const seen = train.features.map(() => new ValueTable());
  eachStretch(train, (column, from, step, count, row) => {
    seen[column].number(train.values, from, step, count, out, column * stride + row);
  });
  return train.features.map((feature, column) => {
    const { values, counts } = seen[column].sorted();
    checkValues(feature, values);
    const bins = feature.kind === 'category' ? categoryBins(feature, values) : numericBins(values, counts, maxBins);
    const binOfNumber = seen[column].byNumber((value) => binOf(value, bins));
    const rows = out.subarray(column * stride, column * stride + train.rows);
    if (seen[column].fitsBytes) for (let row = 0; row < rows.length; row += 1) rows[row] = binOfNumber[rows[row]];
    else binColumn(train, column, seen[column], binOfNumber, rows);
    return bins;
  });
}

/** Of a column with more values than a byte can number: its rows' values are looked up once more. */
function binColumn(train: FeatureMatrix, column: number, seen: ValueTable, binOfNumber: Uint8Array, out: Uint8Array) {
  const width = train.features.length;
  for (let row = 0, at = column; row < out.length; row += 1, at += width) {
    out[row] = binOfNumber[seen.numberOf(train.values[at])];
  }
}

/** The matrix cannot be trained on; the sentence names column and reason. */
export class BadMatrix extends Error {
  override readonly name = 'BadMatrix';
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

function numericBins(values: Float32Array, counts: Float64Array, maxBins: number): ColumnBins {
  const cuts = quantileCuts(values, counts, maxBins);
  return { kind: 'numeric', bins: cuts.length + (values.length > 0 ? 2 : 1), cuts };
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
 * Writes the bins of rows that were not learned from: `out[column * stride + firstRow + row]`. Levels beyond the feature's own are
 * binned as missing.
 */
export function binColumns(
  matrix: FeatureMatrix,
  columns: readonly ColumnBins[],
  out: Uint8Array,
  stride: number,
  firstRow: number,
): void {
  const { values } = matrix;
  eachStretch(matrix, (column, from, step, count, row) => {
    const how = columns[column];
    const at = column * stride + firstRow + row;
    for (let each = 0, place = from; each < count; each += 1, place += step) {
      out[at + each] = Number.isNaN(values[place]) ? 0 : binOf(values[place], how);
    }
  });
}

/**
 * Visits a row-major matrix by column, in stretches of rows that stay in the second-level cache: reading one column straight
 * through would miss on every row. A stretch is `count` values, `step` apart, beginning at place `from`, of row `firstRow`.
 */
function eachStretch(
  { rows, features: { length: width } }: FeatureMatrix,
  visit: (column: number, from: number, step: number, count: number, firstRow: number) => void,
): void {
  for (let row = 0; row < rows; row += STRETCH) {
    const count = Math.min(STRETCH, rows - row);
    for (let column = 0; column < width; column += 1) visit(column, row * width + column, width, count, row);
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
