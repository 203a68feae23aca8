// Walks a row-major matrix column by column in blocks that stay in cache: reading one column straight through would miss on every row.
import type { FeatureMatrix } from '../encounter/matrix.ts';

const ROWS = 2048;
/** Float32 columns of one 64-byte cache line. */
const COLUMNS = 16;
/** Not a power of two: sixteen columns written side by side would fight for the same places in the cache. */
const STRIDE = ROWS + 16;

/** Calls `visit` with up to 2,048 consecutive values of a column and their first row; a column's blocks come in row order. */
export function eachColumnBlock(
  matrix: FeatureMatrix,
  visit: (column: number, values: Float32Array, firstRow: number) => void,
): void {
  const { rows, values } = matrix;
  const width = matrix.features.length;
  const block = new Float32Array(STRIDE * COLUMNS);
  for (let firstRow = 0; firstRow < rows; firstRow += ROWS) {
    const count = Math.min(ROWS, rows - firstRow);
    for (let column = 0; column < width; column += COLUMNS) {
      const columns = Math.min(COLUMNS, width - column);
      for (let row = 0; row < count; row += 1) {
        const at = (firstRow + row) * width + column;
        for (let each = 0; each < columns; each += 1) block[each * STRIDE + row] = values[at + each];
      }
      for (let each = 0; each < columns; each += 1) {
        visit(column + each, block.subarray(each * STRIDE, each * STRIDE + count), firstRow);
      }
    }
  }
}
