// What was set aside of the new batches, column by column, as far as the rows that were not understood let it be read.

import { HEADER_COLUMNS } from '../encounter/header.ts';
import { splitCells } from '../encounter/reading/cells.ts';
import type { SetAside, SetAsideLevel } from './data-facts.ts';

/** A row of quarantine/.../rows.jsonl. */
export interface AsideRow {
  readonly reason: string;
  readonly field: string | null;
  readonly message: string;
  readonly raw: string;
  /** The row in the form of the public file, where its own file has another. */
  readonly standard?: string | undefined;
}

/** Rows kept by level, by column. */
export type KeptLevels = Readonly<Record<string, ReadonlyMap<string, number>>>;

/** The label, and the subgroups in which a model has to hold up: column of the file, column of the clean table. */
export const ASKED_COLUMNS = { readmitted: 'readmitted', gender: 'gender', race: 'race', age: 'age_bucket' } as const;

const COLUMNS: readonly string[] = HEADER_COLUMNS;
const DUPLICATE = 'duplicate_encounter_id';
/** Words that are no level of a column count as one of it when at least this share of all rows has them. */
const NEW_LEVEL_SHARE = 0.01;

/** @param kept of the clean rows, by column of the clean table; every column of them holds the same rows */
export function summarizeSetAside(cleanRows: number, kept: KeptLevels, aside: readonly AsideRow[]): SetAside {
  const lost = aside.filter(({ reason }) => reason !== DUPLICATE);
  const rows = cleanRows + lost.length;
  const cells = lost.map(({ raw, standard }) => splitCells(standard ?? raw));
  return {
    rows,
    aside: lost.length,
    label: lost.filter(({ field }) => field === 'readmitted').length,
    levels: Object.entries(ASKED_COLUMNS).flatMap(([column, stored]) =>
      levelsOf(column, kept[stored] ?? new Map(), cells, rows),
    ),
    example: exampleOf(lost),
  };
}

/** Cells count for the level that they are but for case and blanks: `No` for NO. */
function levelsOf(
  column: string,
  kept: ReadonlyMap<string, number>,
  cells: readonly (readonly string[] | null)[],
  rows: number,
): SetAsideLevel[] {
  const at = COLUMNS.indexOf(column);
  const names = new Map([...kept.keys()].map((level) => [plain(level), level]));
  const aside = new Map<string, number>();
  for (const row of cells) {
    const cell = row?.length === HEADER_COLUMNS.length ? row[at] : undefined;
    if (cell === undefined) continue;
    const level = names.get(plain(cell)) ?? cell.trim();
    aside.set(level, (aside.get(level) ?? 0) + 1);
  }
  return [...new Set([...kept.keys(), ...aside.keys()])].sort().flatMap((level) => {
    const found = { rows: (kept.get(level) ?? 0) + (aside.get(level) ?? 0), aside: aside.get(level) ?? 0 };
    const counts = kept.has(level) || found.aside >= NEW_LEVEL_SHARE * rows;
    return counts ? [{ column, level, ...found }] : [];
  });
}

const plain = (text: string) => text.trim().toLowerCase();

/** The commonest column and reason, with the message of its first row. */
function exampleOf(lost: readonly AsideRow[]): string | null {
  const groups = new Map<string, AsideRow[]>();
  for (const row of lost) {
    const key = `${row.field ?? 'row'} ${row.reason}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const [largest] = [...groups.values()].sort((a, b) => b.length - a.length);
  const [first] = largest ?? [];
  return first === undefined ? null : `${first.field ?? 'the row'} (${first.reason}): ${first.message}`;
}
