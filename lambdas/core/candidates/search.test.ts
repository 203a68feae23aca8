import { expect, it } from 'vitest';
import { candidateSchema } from './candidate.ts';
import { expandCandidates, expandSearch } from './search.ts';

const search = candidateSchema.parse({ algorithm: 'search', name: 'tune', seed: 4, params: { configurations: 20 } });
if (search.algorithm !== 'search') throw new Error('not a search');

it('a search becomes as many different, cross-validated configurations as it asks for, the same each time', () => {
  const drawn = expandCandidates([candidateSchema.parse({ algorithm: 'constant' }), search]);
  expect(drawn).toHaveLength(21);
  expect(new Set(drawn.map((candidate) => JSON.stringify(candidate.params))).size).toBe(21);
  expect(
    drawn.slice(1).every((candidate) => candidate.folds === 5 && candidate.algorithm === 'gradient_boosting'),
  ).toBe(true);
  expect(expandSearch(search, 20, 4)).toEqual(drawn.slice(1));
});

it('a longer search begins as the shorter does, and another seed searches elsewhere', () => {
  const settings = (n: number, seed: number) => expandSearch(search, n, seed).map(({ params }) => params);
  expect(settings(20, 4).slice(0, 5)).toEqual(settings(5, 4));
  expect(settings(5, 5)).not.toEqual(settings(5, 4));
});
