import { describe, expect, it } from 'vitest';
import type { Feature, LabelledMatrix } from '../encounter/matrix.ts';
import { boost } from './boost.ts';
import type { BoostSettings } from './settings.ts';
import { syntheticRows } from './synthetic.ts';
import { flattenTrees, sumTrees } from './tree.ts';

const train = syntheticRows(4001, 1);
const validation = syntheticRows(1003, 2);

function settings(over: Partial<BoostSettings> = {}): BoostSettings {
  return {
    rounds: 30,
    learningRate: 0.1,
    growth: 'depth',
    maxDepth: 4,
    maxLeaves: 12,
    maxBins: 255,
    subsample: 0.8,
    colsample: 0.7,
    earlyStoppingRounds: 0,
    monotone: train.features.map(() => 0),
    seed: 7,
    l2: 1,
    minGain: 0,
    minChildWeight: 2,
    categorySmoothing: 10,
    categoryL2: 5,
    categoryMinWeight: 2,
    categoryMaxLevels: 32,
    ...over,
  };
}

const fitted = (
  over: Partial<BoostSettings>,
  options: Partial<Parameters<typeof boost>[2]> = {},
  rows = { train, validation },
) => boost(rows, settings(over), { threads: 1, ...options });

/** Rows of numeric columns given one by one. */
function matrix(
  columns: readonly (readonly number[])[],
  labels: readonly number[],
  kind: Feature['kind'] = 'numeric',
): LabelledMatrix {
  const rows = labels.length;
  const features = columns.map((_, column): Feature => ({ name: `x${column}`, sources: [], kind }));
  const values = Float32Array.from(
    { length: rows * columns.length },
    (_, at) => columns[at % columns.length][Math.floor(at / columns.length)],
  );
  return { features, rows, values, labels: Uint8Array.from(labels), groups: Float64Array.from(labels.keys()) };
}

describe('the model does not depend on how it was computed', () => {
  for (const growth of ['depth', 'leaf'] as const) {
    it(`${growth}-wise: the same trees on 1, 2 and 4 threads, twice, in WebAssembly and in TypeScript`, async () => {
      const expected = JSON.stringify(await fitted({ growth }));
      for (const threads of [1, 2, 4]) {
        for (const wasm of [true, false])
          expect(JSON.stringify(await fitted({ growth }, { threads, wasm }))).toBe(expected);
      }
    });
  }

  it('leaf-wise ends a tree early when no leaf is left to split, by depth or by weight', async () => {
    const shallow = await fitted({ growth: 'leaf', maxDepth: 1, rounds: 3 });
    expect(shallow.trees.map((tree) => tree.value.length)).toEqual([3, 3, 3]);
    const byDepth = await fitted({ growth: 'depth', maxDepth: 2, rounds: 3 });
    const byLeaf = await fitted({ growth: 'leaf', maxDepth: 2, maxLeaves: 31, rounds: 3 });
    expect(byLeaf.trees.map((tree) => tree.value.length)).toEqual(byDepth.trees.map((tree) => tree.value.length));
    expect(byLeaf.learningCurve.at(-1)).toEqual(byDepth.learningCurve.at(-1));
  });

  it('another seed gives other trees', async () => {
    expect(JSON.stringify(await fitted({ seed: 8, rounds: 2 }))).not.toBe(JSON.stringify(await fitted({ rounds: 2 })));
  });

  it('grows past the nodes of one step and the rows of one flush', async () => {
    const rows = { train: syntheticRows(40_000, 5), validation };
    const deep = { maxDepth: 7, rounds: 2, minChildWeight: 1, subsample: 1 };
    const one = await fitted(deep, {}, rows);
    expect(one.trees[0].feature.length).toBeGreaterThan(100);
    expect(JSON.stringify(await fitted(deep, { threads: 3 }, rows))).toBe(JSON.stringify(one));
  });
});

describe('what the model learns', () => {
  it('its learning curve is the log loss that its trees give the rows', async () => {
    const { trees, baseMargin, learningCurve } = await fitted({});
    const flat = flattenTrees(trees);
    const loss = (rows: LabelledMatrix) => {
      let sum = 0;
      for (let row = 0; row < rows.rows; row += 1) {
        const margin = sumTrees(flat, rows.values, row * rows.features.length, baseMargin);
        sum += Math.log1p(Math.exp(rows.labels[row] === 1 ? -margin : margin));
      }
      return sum / rows.rows;
    };
    expect(learningCurve.at(-1)?.validation_log_loss).toBeCloseTo(loss(validation), 6);
    expect(learningCurve.at(-1)?.train_log_loss).toBeCloseTo(loss(train), 6);
    expect(learningCurve.at(-1)?.validation_log_loss).toBeLessThan(learningCurve[0].validation_log_loss - 0.03);
  });

  it('stops early and keeps the trees of the best round', async () => {
    const { trees, learningCurve } = await fitted({ rounds: 500, learningRate: 0.5, earlyStoppingRounds: 8 });
    const losses = learningCurve.map((point) => point.validation_log_loss);
    expect(losses.length).toBeLessThan(500);
    expect(losses.length).toBe(trees.length + 8);
    expect(losses[trees.length - 1]).toBe(Math.min(...losses));
  });

  it('a monotone feature never lowers the margin as it rises', async () => {
    const monotone = train.features.map((_, column) => (column === 3 ? 1 : column === 0 ? -1 : 0));
    const { trees } = await fitted({ monotone, colsample: 1 });
    expect(trees.some((tree) => tree.feature.includes(3))).toBe(true);
    const flat = flattenTrees(trees);
    const row = Float32Array.from(validation.values.subarray(0, 6));
    for (let base = 0; base < 300; base += 6) {
      row.set(validation.values.subarray(base, base + 6));
      const along = (column: number, values: readonly number[]) =>
        values.map((x) => sumTrees(flat, row.with(column, x), 0, 0));
      const rising = along(3, [0, 0.1, 0.2, 0.4, 0.5, 0.7, 0.9, 1]);
      expect(rising).toEqual(rising.toSorted((a, b) => a - b));
      const falling = along(0, [-2, -1, -0.5, 0, 0.5, 1, 2]);
      expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    }
  });

  it('a row of weight 2 counts as two rows', async () => {
    const twice = (rows: LabelledMatrix) => ({
      ...rows,
      rows: rows.rows * 2,
      values: Float32Array.from([...rows.values, ...rows.values]),
      labels: Uint8Array.from([...rows.labels, ...rows.labels]),
    });
    const plain = { subsample: 1, rounds: 5, colsample: 1 };
    const doubled = await fitted(plain, {}, { train: twice(train), validation });
    const weights = new Float64Array(train.rows).fill(2);
    const weighted = await boost({ train, validation, weights }, settings(plain), { threads: 1 });
    expect(weighted.trees.map(({ feature }) => feature)).toEqual(doubled.trees.map(({ feature }) => feature));
    weighted.trees.forEach((tree, index) => {
      for (const [node, value] of tree.value.entries()) expect(value).toBeCloseTo(doubled.trees[index].value[node], 3);
    });
  });

  it('learns on which side missing values belong', async () => {
    const labels = Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const x = labels.map((label, row) => (label === 1 ? (row % 8 === 0 ? Number.NaN : 5) : row % 3));
    const rows = { train: matrix([x], labels), validation: matrix([x], labels) };
    const { trees } = await fitted({ monotone: [0], subsample: 1, colsample: 1, maxDepth: 1, rounds: 1 }, {}, rows);
    expect(trees[0]).toMatchObject({ feature: [0, -1, -1], threshold: [3.5, 0, 0], missing_left: [0, 0, 0] });
  });

  it('takes the levels of a category out of their order', async () => {
    const level = Array.from({ length: 600 }, (_, row) => row % 6);
    const labels = level.map((l, row) => (l === 1 || l === 4 ? (row % 5 === 0 ? 0 : 1) : row % 7 === 0 ? 1 : 0));
    const rows = { train: matrix([level], labels, 'category'), validation: matrix([level], labels, 'category') };
    const { trees } = await fitted({ monotone: [0], subsample: 1, colsample: 1, maxDepth: 1, rounds: 1 }, {}, rows);
    expect(trees[0].levels[0]).toEqual([1, 4]);
  });
});
