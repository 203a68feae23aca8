import { expect, it } from 'vitest';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { boost } from './boost.ts';
import { counterHash } from './counter-hash.ts';

// The published algorithm written as plainly as possible, on raw values and exact gradients, for numeric columns with gaps.

interface Leaf {
  readonly value: number;
}
interface Inner {
  readonly column: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly left: Plain;
  readonly right: Plain;
}
type Plain = Leaf | Inner;

const L2 = 1;
const LEAST = 3;
const RATE = 0.3;

function grow(
  data: LabelledMatrix,
  g: readonly number[],
  h: readonly number[],
  rows: readonly number[],
  depth: number,
): Plain {
  const sum = (of: readonly number[], list: readonly number[]) => list.reduce((total, row) => total + of[row], 0);
  const score = (list: readonly number[]) => sum(g, list) ** 2 / (sum(h, list) + L2);
  let best = { gain: 1e-9, column: -1, threshold: 0, missingLeft: false };
  const value = (row: number, column: number) => data.values[row * data.features.length + column];
  const side = (split: typeof best, row: number) => {
    const x = value(row, split.column);
    return Number.isNaN(x) ? split.missingLeft : x <= split.threshold;
  };
  if (depth > 0) {
    data.features.forEach((_, column) => {
      for (const threshold of new Set(rows.map((row) => value(row, column)))) {
        if (Number.isNaN(threshold)) continue;
        for (const missingLeft of [false, true]) {
          const split = { gain: 0, column, threshold, missingLeft };
          const left = rows.filter((row) => side(split, row));
          const right = rows.filter((row) => !side(split, row));
          if (sum(h, left) < LEAST || sum(h, right) < LEAST) continue;
          const gain = (score(left) + score(right) - score(rows)) / 2;
          if (gain > best.gain) best = { ...split, gain };
        }
      }
    });
  }
  if (best.column < 0) return { value: (-RATE * sum(g, rows)) / (sum(h, rows) + L2) };
  const part = (goesLeft: boolean) =>
    grow(
      data,
      g,
      h,
      rows.filter((row) => side(best, row) === goesLeft),
      depth - 1,
    );
  return { ...best, left: part(true), right: part(false) };
}

function walk(node: Plain, values: Float32Array): number {
  if ('value' in node) return node.value;
  const x = values[node.column];
  return walk((Number.isNaN(x) ? node.missingLeft : x <= node.threshold) ? node.left : node.right, values);
}

it('agrees with the algorithm written plainly: the same predictions after four trees, to the precision of quantised gradients', async () => {
  const rows = 500;
  const width = 4;
  const draw = (stream: number, at: number) => counterHash(3, stream, at) / 2 ** 32;
  const values = Float32Array.from({ length: rows * width }, (_, at) =>
    draw(1, at) < 0.15 ? Number.NaN : Math.floor(draw(2, at) * 20),
  );
  const at = (row: number, column: number) =>
    Number.isNaN(values[row * width + column]) ? 12 : values[row * width + column];
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    draw(5, row) < 1 / (1 + Math.exp(1.5 - 0.2 * at(row, 0) + (at(row, 1) > 9 ? 2 : 0))) ? 1 : 0,
  );
  const features = Array.from({ length: width }, (_, column) => ({
    name: `x${column}`,
    sources: [],
    kind: 'numeric' as const,
  }));
  const data: LabelledMatrix = { features, rows, values, labels, groups: Float64Array.from(labels.keys()) };

  const rounds = 4;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const margins = new Array<number>(rows).fill(Math.log(positives / (rows - positives)));
  const curve: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const p = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
    const tree = grow(
      data,
      p.map((each, row) => each - labels[row]),
      p.map((each) => each * (1 - each)),
      Array.from(labels.keys()),
      3,
    );
    for (let row = 0; row < rows; row += 1) margins[row] += walk(tree, values.subarray(row * width, (row + 1) * width));
    curve.push(
      margins.reduce((sum, margin, row) => sum + Math.log1p(Math.exp(labels[row] === 1 ? -margin : margin)), 0) / rows,
    );
  }

  const ours = await boost(
    { train: data, validation: data },
    {
      rounds,
      learningRate: RATE,
      growth: 'depth',
      maxDepth: 3,
      maxLeaves: 8,
      maxBins: 255,
      subsample: 1,
      colsample: 1,
      earlyStoppingRounds: 0,
      monotone: [0, 0, 0, 0],
      seed: 1,
      l2: L2,
      minGain: 1e-9,
      minChildWeight: LEAST,
      categorySmoothing: 0,
      categoryL2: 0,
      categoryMinWeight: 0,
      categoryMaxLevels: 1,
    },
    { threads: 1 },
  );
  for (const [round, point] of ours.learningCurve.entries())
    expect(point.validation_log_loss).toBeCloseTo(curve[round], 3);
  expect(ours.learningCurve.at(-1)?.validation_log_loss).toBeLessThan(curve[0]);
});
