// Which column of a file is which of a dataset's, by name: in any order, case and punctuation, among others.
import type { Dataset } from '../../dataset/dataset.ts';
import { sourceColumn } from '../fields/index.ts';

export interface ColumnMatch {
  /** Position of each of the dataset's columns that the file has, in the dataset's order. */
  readonly order: readonly number[];
  readonly positions: ReadonlyMap<string, number>;
  /** Columns of the file that the dataset does not know. */
  readonly extra: readonly string[];
  /** Whether the first column is a row number, as R and pandas write it. */
  readonly index: boolean;
  /** Columns that no model reads and that the file does not have. */
  readonly absent: readonly string[];
  /** Columns that must be there and are not. */
  readonly missing: readonly string[];
  /** Columns that two of the file's could be. */
  readonly ambiguous: readonly string[];
}

/** `glyburide-metformin`, `Glyburide.metformin` and "glyburide metformin" are one name. */
const key = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_');

/** "", pandas' "Unnamed: 0", R's "X" and tibble's "...1". */
const isIndexName = (name: string) => /^(|_|unnamed_0|x|index|_1|rownames)$/.test(key(name));

export function matchColumns(names: readonly string[], dataset: Dataset): ColumnMatch {
  const byKey = new Map<string, number[]>();
  for (const [i, name] of names.entries()) byKey.set(key(name), [...(byKey.get(key(name)) ?? []), i]);
  const aliases = aliasesOf(dataset);
  const needed = neededColumns(dataset);
  const positions = new Map<string, number>();
  const [absent, missing, ambiguous]: string[][] = [[], [], []];
  for (const column of dataset.columns) {
    const found = byKey.get(key(column)) ?? byKey.get(key(aliases.get(column) ?? column)) ?? [];
    const exact = found.filter((i) => names[i] === column);
    const [position, ...others] = exact.length === 1 ? exact : found;
    if (others.length > 0) ambiguous.push(column);
    else if (position !== undefined) positions.set(column, position);
    else (needed.has(column) ? missing : absent).push(column);
  }
  const taken = new Set(positions.values());
  const index = names.length > 0 && !taken.has(0) && isIndexName(names[0]);
  return {
    order: dataset.columns.flatMap((column) => positions.get(column) ?? []),
    positions,
    extra: names.filter((name, i) => !taken.has(i) && !(index && i === 0) && name.trim() !== ''),
    index,
    absent,
    missing,
    ambiguous,
  };
}

/** The API's names for fields whose column has another: files that were made for one are read by the other. */
function aliasesOf({ fields }: Dataset): ReadonlyMap<string, string> {
  return new Map(fields.map((field) => [sourceColumn(field), field.name]));
}

/** Ids, the outcome and what the model reads; other columns are kept for analysis where they are there. */
export function neededColumns({ fields, outcome }: Dataset): ReadonlySet<string> {
  return new Set(['encounter_id', 'patient_nbr', ...fields.map(sourceColumn), outcome.column]);
}
