// The design of a linear model: standardised numbers, one-hot categories, an indicator for each column's missing values.
import type { FeatureMatrix } from '../encounter/matrix.ts';

/** Where a feature's coefficients stand: numeric [weight, missing], category [one a level..., missing]. */
export interface EncodedColumn {
  readonly kind: 'numeric' | 'category';
  readonly start: number;
  readonly levels: number;
  readonly mean: number;
  readonly scale: number;
}

/**
 * Rows in sparse form: row r has the entries `index[r * width + c]`, `value[r * width + c]`, one a feature c. A missing number
 * is the mean, so its only entry is the indicator; constant and all-missing columns have scale 1.
 */
export interface Design {
  readonly columns: readonly EncodedColumn[];
  readonly coefficients: number;
  readonly rows: number;
  readonly width: number;
  readonly index: Uint16Array;
  readonly value: Float64Array;
}

export function encode(matrix: FeatureMatrix): Design {
  const width = matrix.features.length;
  const columns: EncodedColumn[] = [];
  let coefficients = 0;
  matrix.features.forEach((feature, column) => {
    const levels = feature.kind === 'category' ? Math.max(feature.levels?.length ?? 0, highest(matrix, column) + 1) : 1;
    const { mean, scale } = feature.kind === 'category' ? { mean: 0, scale: 1 } : moments(matrix, column);
    columns.push({ kind: feature.kind, start: coefficients, levels, mean, scale });
    coefficients += levels + 1;
  });
  const index = new Uint16Array(matrix.rows * width);
  const value = new Float64Array(matrix.rows * width);
  for (let at = 0, column = 0; at < index.length; at += 1, column = column + 1 === width ? 0 : column + 1) {
    const { kind, start, levels, mean, scale } = columns[column];
    const x = matrix.values[at];
    index[at] = Number.isNaN(x) ? start + levels : kind === 'category' ? start + x : start;
    value[at] = Number.isNaN(x) || kind === 'category' ? 1 : (x - mean) / scale;
  }
  return { columns, coefficients, rows: matrix.rows, width, index, value };
}

function highest(matrix: FeatureMatrix, column: number): number {
  let most = -1;
  for (let at = column; at < matrix.values.length; at += matrix.features.length)
    if (matrix.values[at] > most) most = matrix.values[at];
  return most;
}

/** Mean and standard deviation of the present values, float32-exact. */
function moments(matrix: FeatureMatrix, column: number): { mean: number; scale: number } {
  const width = matrix.features.length;
  let count = 0;
  let sum = 0;
  for (let at = column; at < matrix.values.length; at += width) {
    if (Number.isNaN(matrix.values[at])) continue;
    count += 1;
    sum += matrix.values[at];
  }
  if (count === 0) return { mean: 0, scale: 1 };
  const mean = Math.fround(sum / count);
  let squares = 0;
  for (let at = column; at < matrix.values.length; at += width) {
    if (!Number.isNaN(matrix.values[at])) squares += (matrix.values[at] - mean) ** 2;
  }
  const scale = Math.fround(Math.sqrt(squares / count));
  return { mean, scale: scale > 0 ? scale : 1 };
}
