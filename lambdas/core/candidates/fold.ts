// Patient-grouped folds: all rows of a patient are in one fold, by a hash, so that folds do not depend on the order of rows.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { counterHash } from '../trees/counter-hash.ts';

/** Fold 0 .. folds - 1 of a patient. */
export function foldOf(group: number, folds: number, seed: number): number {
  const high = Math.floor(group / 2 ** 32);
  return Math.floor((counterHash(seed + high, 0x5f01d, (group % 2 ** 32) | 0) / 2 ** 32) * folds);
}

/** The rows for which `keep` holds, in their order. */
export function selectRows(matrix: LabelledMatrix, keep: (row: number) => boolean): LabelledMatrix {
  const rows = Uint32Array.from(Array.from(matrix.labels.keys()).filter(keep));
  const width = matrix.features.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, to) => {
    values.set(matrix.values.subarray(row * width, (row + 1) * width), to * width);
  });
  const { order } = matrix;
  return {
    features: matrix.features,
    rows: rows.length,
    values,
    labels: Uint8Array.from(rows, (row) => matrix.labels[row]),
    groups: Float64Array.from(rows, (row) => matrix.groups[row]),
    ...(order === undefined ? {} : { order: Float64Array.from(rows, (row) => order[row]) }),
  };
}
