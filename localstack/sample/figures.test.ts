import { expect, test } from 'vitest';
import { DEPENDENCIES } from './draft.ts';
import { readFigures } from './figures.ts';

const figures = readFigures();

test('no figure tells of fewer than ten patients', () => {
  const weights = Object.values(figures.tables).flatMap((table) => Object.values(table).flatMap(Object.values));
  expect(weights.length).toBeGreaterThan(5000);
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(10);
});

test('every column that is drawn has a distribution to fall back on', () => {
  for (const { column } of DEPENDENCIES) expect(Object.keys(figures.tables[column][''])).not.toHaveLength(0);
});

test('the figures name their source', () => {
  expect(figures.source).toMatch(/Strack et al\. 2014/);
});
