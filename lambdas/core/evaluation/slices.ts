// Rows by subgroup: the levels of each slice that have rows, in the order of the levels.

import { EvaluationInputError, type Ranking, rankSubset } from './ranking.ts';

/** One level index a row. */
export interface Slice {
  readonly codes: Uint8Array | Uint16Array;
  readonly levels: readonly string[];
}

export interface Level {
  readonly level: string;
  readonly ranking: Ranking;
}

/** @throws {EvaluationInputError} a code without a level, or not one code a row. */
export function levelsOf(name: string, slice: Slice, all: Ranking): Level[] {
  if (slice.codes.length !== all.rows) {
    throw new EvaluationInputError(`slice ${name}: ${slice.codes.length} codes for ${all.rows} rows`);
  }
  const unknown = slice.codes.find((code) => code >= slice.levels.length);
  if (unknown !== undefined) throw new EvaluationInputError(`slice ${name}: code ${unknown} has no level`);
  return slice.levels
    .map((level, code) => ({ level, ranking: rankSubset(all, (row) => slice.codes[row] === code) }))
    .filter(({ ranking }) => ranking.rows > 0);
}
