// Made-up labelled rows with known structure, for tests and demonstrations: numbers, gaps, categories, an interaction.
import type { Feature, LabelledMatrix } from '../encounter/matrix.ts';
import { counterHash } from './counter-hash.ts';

const LEVELS = 40;
const FEATURES: readonly Feature[] = [
  { name: 'strong', sources: [], kind: 'numeric' },
  { name: 'gappy', sources: [], kind: 'numeric' },
  { name: 'count', sources: [], kind: 'numeric' },
  { name: 'noise', sources: [], kind: 'numeric' },
  { name: 'place', sources: [], kind: 'category', levels: Array.from({ length: LEVELS }, (_, level) => `p${level}`) },
  { name: 'flag', sources: [], kind: 'category', levels: ['a', 'b', 'c'] },
];

/** Rows of three a patient; about a fifth positive. `strangeLevels` puts level indices outside the list into `place`. */
export function syntheticRows(
  rows: number,
  seed: number,
  options: { missingShare?: number; strangeLevels?: boolean } = {},
): LabelledMatrix {
  const { missingShare = 0.1, strangeLevels = false } = options;
  const width = FEATURES.length;
  const values = new Float32Array(rows * width);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const draw = (stream: number) => counterHash(seed, stream, row) / 2 ** 32;
    const strong = draw(1) * 4 - 2;
    const gappy = draw(2) < missingShare ? Number.NaN : draw(3) * 10;
    const count = Math.floor(draw(4) ** 2 * 12);
    const place = Math.floor(draw(5) * LEVELS);
    const flag = draw(6) < missingShare / 2 ? Number.NaN : Math.floor(draw(7) * 3);
    const shown = strangeLevels && draw(8) < 0.1 ? LEVELS + 3 : place;
    values.set([strong, gappy, count, draw(9), shown, flag], row * width);
    const margin =
      -1.8 +
      0.8 * strong +
      (Number.isNaN(gappy) ? 0.7 : gappy > 6 ? 0.5 : 0) +
      0.1 * count +
      (place % 7 === 3 ? 1 : 0) +
      (strong > 0 && flag === 1 ? 0.8 : 0);
    labels[row] = draw(10) < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  }
  return {
    features: FEATURES,
    rows,
    values,
    labels,
    groups: Float64Array.from(labels, (_, row) => Math.floor(row / 3)),
  };
}
