import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { solvePositiveDefinite } from './cholesky.ts';
import { encode } from './encode.ts';
import { fitLogistic } from './logistic.ts';

const fixture = z
  .object({
    l2: z.number(),
    values: z.array(z.number().nullable()),
    labels: z.array(z.number()),
    intercept: z.number(),
    weights: z.array(z.number()),
  })
  .parse(JSON.parse(readFileSync(new URL('./fixtures/scikit-learn.json', import.meta.url), 'utf8')));

const rows: LabelledMatrix = {
  features: [
    { name: 'a', sources: [], kind: 'numeric' },
    { name: 'b', sources: [], kind: 'numeric' },
    { name: 'c', sources: [], kind: 'category', levels: ['p', 'q', 'r', 's'] },
  ],
  rows: fixture.labels.length,
  values: Float32Array.from(fixture.values, (value) => value ?? Number.NaN),
  labels: Uint8Array.from(fixture.labels),
  groups: Float64Array.from(fixture.labels.keys()),
};

describe('logistic regression', () => {
  it("finds scikit-learn's coefficients, missing values and categories included", () => {
    const { intercept, weights } = fitLogistic(encode(rows), rows.labels, fixture.l2, 50);
    expect(intercept).toBeCloseTo(fixture.intercept, 5);
    expect(weights.length).toBe(fixture.weights.length);
    fixture.weights.forEach((weight, index) => {
      expect(weights[index]).toBeCloseTo(weight, 5);
    });
  });

  it('lowers its objective at each step, also where the classes can be separated', () => {
    const separated = {
      ...rows,
      labels: Uint8Array.from({ length: rows.rows }, (_, row) => (rows.values[row * 3 + 1] > 3 ? 1 : 0)),
    };
    const { objective } = fitLogistic(encode(separated), separated.labels, 0.01, 50);
    expect(objective).toEqual(objective.toSorted((a, b) => b - a));
    expect(objective.every(Number.isFinite)).toBe(true);
  });

  it('refuses a system without a unique solution', () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1), 2)).toThrow(
      /raise the l2 penalty/,
    );
  });
});
