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

/**
 * Bins of every column, learned on the training rows. A constant or all-missing column gets no split and does no harm.
 * @throws BadMatrix for an infinite number, a category value that is not a level index, or too many levels.
 */
export function learnBins(train: FeatureMatrix, maxBins: number): ColumnBins[] {
  return train.features.map((feature, column) =>
    feature.kind === 'category' ? categoryBins(feature, train, column) : numericBins(feature, train, column, maxBins),
  );
}

/** The matrix cannot be trained on; the sentence names column and reason. */
export class BadMatrix extends Error {
  override readonly name = 'BadMatrix';
}

function categoryBins(feature: Feature, train: FeatureMatrix, column: number): ColumnBins {
  const width = train.features.length;
  let levels = feature.levels?.length ?? 0;
  for (let row = 0, at = column; row < train.rows; row += 1, at += width) {
    const x = train.values[at];
    if (Number.isNaN(x)) continue;
    if (!Number.isInteger(x) || x < 0 || (feature.levels && x >= feature.levels.length)) {
      throw new BadMatrix(`Row ${row} of category ${feature.name} holds ${x}, which is not one of its level indices.`);
    }
    if (x >= levels) levels = x + 1;
  }
  if (levels > MAX_BINS) {
    throw new BadMatrix(
      `Category ${feature.name} has ${levels} levels; at most ${MAX_BINS} are supported: group the rare ones.`,
    );
  }
  return { kind: 'category', bins: levels + 1, cuts: new Float32Array(0) };
}

function numericBins(feature: Feature, train: FeatureMatrix, column: number, maxBins: number): ColumnBins {
  const seen = new ValueTable();
  const width = train.features.length;
  for (let row = 0, at = column; row < train.rows; row += 1, at += width) {
    const x = train.values[at];
    if (Number.isNaN(x)) continue;
    if (x === Infinity || x === -Infinity) {
      throw new BadMatrix(`Row ${row} of ${feature.name} is infinite; use NaN for a missing number.`);
    }
    seen.count(x);
  }
  const { values, counts } = seen.sorted();
  const cuts = quantileCuts(values, counts, maxBins);
  return { kind: 'numeric', bins: cuts.length + (values.length > 0 ? 2 : 1), cuts };
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

/** Writes the bins of one column: `out[offset + row]`. Levels that training did not know are binned as missing. */
export function binColumn(
  matrix: FeatureMatrix,
  column: number,
  how: ColumnBins,
  out: Uint8Array,
  offset: number,
): void {
  const width = matrix.features.length;
  const { cuts } = how;
  const binOf = new ValueTable();
  for (let row = 0, at = column; row < matrix.rows; row += 1, at += width) {
    const x = matrix.values[at];
    if (Number.isNaN(x)) {
      out[offset + row] = 0;
      continue;
    }
    if (how.kind === 'category') {
      out[offset + row] = x >= 0 && x < how.bins - 1 ? x + 1 : 0;
      continue;
    }
    const slot = binOf.slot(x);
    if (binOf.tally[slot] === 0) binOf.tally[slot] = how.bins === 1 ? 1 : 2 + lowerBound(cuts, x);
    out[offset + row] = binOf.tally[slot] - 1;
  }
}

/** Number of cuts below x. */
function lowerBound(cuts: Float32Array, x: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
