import { describe, expect, it } from 'vitest';
import type { Feature, FeatureMatrix } from '../encounter/matrix.ts';
import { BadMatrix, binColumns, binTraining, type ColumnBins } from './binning.ts';
import { counterHash } from './counter-hash.ts';

function column(
  values: readonly number[],
  kind: Feature['kind'] = 'numeric',
  levels?: readonly string[],
): FeatureMatrix {
  return {
    features: [{ name: 'x', sources: [], kind, levels }],
    rows: values.length,
    values: Float32Array.from(values),
  };
}

function binsOf(train: FeatureMatrix, maxBins: number, rows: FeatureMatrix = train): number[] {
  const trained = new Uint8Array(train.rows);
  const columns = binTraining(train, maxBins, trained, train.rows);
  const out = new Uint8Array(rows.rows);
  binColumns(rows, columns, out, rows.rows, 0);
  if (rows === train) expect(trained).toEqual(out);
  return Array.from(out);
}

function learn(train: FeatureMatrix): ColumnBins[] {
  return binTraining(train, 255, new Uint8Array(train.rows), train.rows);
}

describe('bins', () => {
  it('are the distinct values where these are few, 0 the missing ones', () => {
    expect(binsOf(column([3, 1, Number.NaN, 2, 1, -0, 0]), 255)).toEqual([4, 2, 0, 3, 2, 1, 1]);
  });

  it('hold about equal mass where values are many, and more than one block of rows', () => {
    const values = Array.from({ length: 10_000 }, (_, row) => counterHash(1, 2, row) / 2 ** 32);
    const bins = binsOf(column(values), 64);
    const mass = new Array<number>(65).fill(0);
    for (const bin of bins) mass[bin] += 1;
    expect(mass[0]).toBe(0);
    expect(Math.max(...mass)).toBeLessThan(2 * (10_000 / 64));
    expect(Math.min(...mass.slice(1))).toBeGreaterThan(100);
    const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
    expect(order.map((row) => bins[row])).toEqual(bins.toSorted((a, b) => a - b));
  });

  it('keep a common value apart from its neighbours', () => {
    const values = Array.from({ length: 2000 }, (_, row) => (row % 2 === 0 ? 0 : row));
    const bins = binsOf(column(values), 16);
    expect(new Set(values.map((value, row) => (value === 0 ? bins[row] : -1)))).toEqual(new Set([1, -1]));
    expect(Math.max(...bins)).toBe(16);
  });

  it('cut where float32 can: neighbouring floats stay apart', () => {
    const next = Math.fround(1 + 2 ** -23);
    expect(binsOf(column([1, next, 1, next]), 255)).toEqual([1, 2, 1, 2]);
  });

  it('a constant column and an all-missing one have nothing to split', () => {
    expect(learn(column([4, 4, 4]))[0].bins).toBe(2);
    expect(learn(column([Number.NaN, Number.NaN]))[0].bins).toBe(1);
  });

  it('put levels that training did not list to the missing ones', () => {
    expect(binsOf(column([0, 1, 1], 'category', ['a', 'b']), 255, column([1, 2, -1, 0.5, Number.NaN]))).toEqual([
      2, 0, 0, 0, 0,
    ]);
  });
});

describe('a matrix that cannot be binned is refused by name', () => {
  const refused = (matrix: FeatureMatrix) => () => learn(matrix);
  it('an infinite number', () => expect(refused(column([1, Infinity]))).toThrow(/x holds Infinity; use NaN/));
  it('a category value that is no level', () =>
    expect(refused(column([0, 2], 'category', ['a', 'b']))).toThrow(/Category x holds 2/));
  it('too many levels', () => expect(refused(column([0, 300], 'category'))).toThrow(BadMatrix));
});
