import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { flattenTrees, goesLeft, sumTrees, type Tree } from '../trees/tree.ts';
import { gaussLegendre } from './quadrature.ts';
import { prepareTreeShap } from './tree-shap.ts';

const numbers = z.array(z.number());
const golden = z
  .object({
    trees: z.array(
      z.object({
        feature: numbers,
        threshold: numbers,
        levels: z.array(numbers.nullable()),
        missing_left: numbers,
        left: numbers,
        right: numbers,
        value: numbers,
        cover: numbers,
        gain: numbers,
      }),
    ),
    expected: z.number(),
    values: z.array(z.array(z.number().nullable())),
    contributions: z.array(numbers),
  })
  .parse(JSON.parse(readFileSync(new URL('fixtures/shap.json', import.meta.url), 'utf8')));

describe('SHAP values of trees', () => {
  it('equal those of the shap package: repeated features, missing values, categories', () => {
    const shap = prepareTreeShap(golden.trees);
    expect(shap.expected).toBeCloseTo(golden.expected, 10);
    for (const [row, values] of golden.values.entries()) {
      const out = new Float64Array(values.length);
      shap.add(
        Float32Array.from(values, (x) => x ?? Number.NaN),
        0,
        out,
      );
      for (const [column, value] of golden.contributions[row].entries()) expect(out[column]).toBeCloseTo(value, 10);
    }
  });

  it('equal the definition, by every order of the features, on any small trees', () => {
    const value = fc.constantFrom(0, 1, 2, 3, Number.NaN);
    fc.assert(
      fc.property(
        fc.array(anyTree, { minLength: 1, maxLength: 3 }),
        fc.array(value, { minLength: 4, maxLength: 4 }),
        (trees, x) => {
          const values = Float32Array.from(x);
          const shap = prepareTreeShap(trees);
          const out = new Float64Array(4);
          shap.add(values, 0, out);
          const expected = shapleyByDefinition(trees, values);
          for (const [column, value] of expected.entries()) expect(out[column]).toBeCloseTo(value, 9);
          const total = out.reduce((sum, v) => sum + v, shap.expected);
          expect(total).toBeCloseTo(sumTrees(flattenTrees(trees), values, 0, 0), 9);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('add to what is there, start at the offset, and do not depend on the row before', () => {
    const shap = prepareTreeShap(golden.trees);
    const matrix = Float32Array.from(golden.values.flat(), (x) => x ?? Number.NaN);
    const out = Float64Array.of(1, 2, 3, 4);
    shap.add(matrix, 0, new Float64Array(4));
    shap.add(matrix, 4 * 7, out);
    for (const [column, value] of golden.contributions[7].entries())
      expect(out[column]).toBeCloseTo(1 + column + value, 10);
  });

  it('are zero for a tree that is a leaf', () => {
    const leaf = {
      feature: [-1],
      threshold: [0],
      levels: [null],
      missing_left: [0],
      left: [0],
      right: [0],
      value: [0.3],
      cover: [9],
      gain: [0],
    };
    const shap = prepareTreeShap([leaf]);
    const out = new Float64Array(2);
    shap.add(Float32Array.of(1, 2), 0, out);
    expect([shap.expected, ...out]).toEqual([0.3, 0, 0]);
  });
});

describe('Gauss-Legendre quadrature', () => {
  it.each([1, 2, 3, 6, 12])('of %i points integrates all powers up to its degree', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let power = 0; power < 2 * n; power++) {
      const integral = nodes.reduce((sum, t, q) => sum + weights[q] * t ** power, 0);
      expect(integral).toBeCloseTo(1 / (power + 1), 13);
    }
  });
});

/** Trees over four features, the last a category, of depth up to 4; some covers are zero. */
const anyTree: fc.Arbitrary<Tree> = fc
  .array(
    fc.record({
      feature: fc.nat(3),
      threshold: fc.constantFrom(0, 1, 2),
      levels: fc.subarray([0, 1, 2, 3]),
      missingLeft: fc.nat(1),
      share: fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: 0.05, max: 0.95, noNaN: true }) },
        fc.constantFrom(0, 1),
      ),
      value: fc.integer({ min: -8, max: 8 }),
      leaf: fc.boolean(),
    }),
    { minLength: 31, maxLength: 31 },
  )
  .map((specs) => {
    const levels: (number[] | null)[] = [null];
    const tree = {
      feature: [-1],
      threshold: [0],
      levels,
      missing_left: [0],
      left: [0],
      right: [0],
      value: [0],
      cover: [1],
      gain: [0],
    };
    const grow = (node: number, depth: number) => {
      const spec = specs[node % specs.length];
      if (depth === 4 || (depth > 0 && spec.leaf)) {
        tree.value[node] = spec.value;
        return;
      }
      tree.feature[node] = spec.feature;
      tree.threshold[node] = spec.threshold;
      tree.levels[node] = spec.feature === 3 ? spec.levels : null;
      tree.missing_left[node] = spec.missingLeft;
      for (const [side, share] of [
        ['left', spec.share],
        ['right', 1 - spec.share],
      ] as const) {
        const child = tree.feature.length;
        tree[side][node] = child;
        for (const [column, value] of [
          ['feature', -1],
          ['threshold', 0],
          ['missing_left', 0],
          ['left', 0],
          ['right', 0],
          ['value', 0],
          ['gain', 0],
        ] as const)
          tree[column].push(value);
        tree.levels.push(null);
        tree.cover.push(tree.cover[node] * share);
        grow(child, depth + 1);
      }
    };
    grow(0, 0);
    return tree;
  });

/** Shapley values of the game in which unknown features follow the training rows down the tree, by cover. */
function shapleyByDefinition(trees: readonly Tree[], values: Float32Array): number[] {
  const flat = flattenTrees(trees);
  const known = (subset: number) =>
    trees.reduce((sum, tree, i) => {
      const walk = (node: number): number => {
        const column = tree.feature[node];
        if (column < 0) return tree.value[node];
        const [left, right] = [tree.left[node], tree.right[node]];
        if ((subset >> column) & 1) return walk(goesLeft(flat, flat.roots[i] + node, values[column]) ? left : right);
        const share = (child: number) => (tree.cover[node] > 0 ? tree.cover[child] / tree.cover[node] : 0.5);
        return share(left) * walk(left) + share(right) * walk(right);
      };
      return sum + walk(0);
    }, 0);
  const size = (subset: number) => [0, 1, 2, 3].filter((bit) => (subset >> bit) & 1).length;
  const factorial = [1, 1, 2, 6, 24];
  return [0, 1, 2, 3].map((i) => {
    let sum = 0;
    for (let subset = 0; subset < 16; subset++) {
      if ((subset >> i) & 1) continue;
      const weight = (factorial[size(subset)] * factorial[3 - size(subset)]) / factorial[4];
      sum += weight * (known(subset | (1 << i)) - known(subset));
    }
    return sum;
  });
}
