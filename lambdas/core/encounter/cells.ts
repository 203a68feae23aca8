// Cells of one row, read as what their columns must hold. The first thing wrong is kept; reading goes on.
import type { CodingSystem } from './coding.ts';
import type { BadRow, QuarantineReason } from './quarantine.ts';

const MAX_ID = Number.MAX_SAFE_INTEGER;

/** Cells of a CSV line: RFC 4180 with every record on one line. Null when a quoted field is not well formed. */
export function splitCells(text: string): string[] | null {
  if (!text.includes('"')) return text.split(',');
  const cells: string[] = [];
  const quoted = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  while (quoted.lastIndex <= text.length) {
    const match = quoted.exec(text);
    if (match === null) return null;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return cells;
  }
  return null;
}

/** "?" and the empty cell stand for a missing value. */
const isMissing = (cell: string) => cell === '' || cell === '?';
const shown = (cell: string) => JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);

/** A column of the source: its name, and which of a row's cells it is. */
export interface CellColumn {
  readonly name: string;
  readonly index: number;
}

export class CellReader {
  problem: BadRow | null = null;
  private readonly cells: readonly string[];

  constructor(cells: readonly string[]) {
    this.cells = cells;
  }

  id(column: CellColumn): number {
    const cell = this.cell(column);
    if (isMissing(cell)) return this.fail('empty_id', column, `${column.name} is empty`, 0);
    return this.wholeNumber(column, cell, 1, MAX_ID);
  }

  count(column: CellColumn, limits: { readonly min: number; readonly max: number }): number {
    const cell = this.cell(column);
    if (isMissing(cell)) return this.fail('missing_value', column, `${column.name} is empty`, 0);
    return this.wholeNumber(column, cell, limits.min, limits.max);
  }

  /** The value that `words` has for the cell; `missing` stands for an empty cell or "?", if one may be missing. */
  word<V, M = never>(column: CellColumn, words: Words<V>, missing?: { readonly value: M }): V | M {
    const cell = this.cell(column);
    const value = words.values.get(cell);
    if (value !== undefined) return value;
    if (isMissing(cell)) {
      if (missing !== undefined) return missing.value;
      return this.fail('missing_value', column, `${column.name} is empty`, words.fallback);
    }
    const message = `${column.name} is ${shown(cell)}, expected one of ${[...words.values.keys()].join(', ')}`;
    return this.fail(words.reason, column, message, words.fallback);
  }

  diagnosis(column: CellColumn, { name, pattern, maxLength }: CodingSystem): string | null {
    const cell = this.cell(column);
    if (isMissing(cell)) return null;
    if (cell.length <= maxLength && pattern.test(cell)) return cell.toUpperCase();
    return this.fail('invalid_diagnosis', column, `${column.name} is ${shown(cell)}, expected an ${name} code`, null);
  }

  text(column: CellColumn, maxLength: number): string | null {
    const cell = this.cell(column);
    if (isMissing(cell)) return null;
    if (cell.length <= maxLength && !/\p{Cc}/u.test(cell)) return cell;
    const message = `${column.name} has ${cell.length} characters or control characters among them, expected at most ${maxLength} printable ones`;
    return this.fail('invalid_text', column, message, null);
  }

  private cell({ index }: CellColumn): string {
    return this.cells[index] ?? '';
  }

  private wholeNumber(column: CellColumn, cell: string, min: number, max: number): number {
    if (!/^-?\d+$/.test(cell)) {
      return this.fail('invalid_number', column, `${column.name} is ${shown(cell)}, expected a whole number`, 0);
    }
    const value = Number(cell);
    if (value >= min && value <= max) return value;
    return this.fail('out_of_range', column, `${column.name} is ${shown(cell)}, expected ${min} to ${max}`, 0);
  }

  private fail<T>(reason: QuarantineReason, column: CellColumn, message: string, placeholder: T): T {
    this.problem ??= { reason, field: column.name, message };
    return placeholder;
  }
}

/** The words that a column may hold and their values. */
export interface Words<V> {
  readonly values: ReadonlyMap<string, V>;
  /** Stands in while the rest of a bad row is read. */
  readonly fallback: V;
  readonly reason: QuarantineReason;
}

/** Words that are their own values. @throws RangeError when there is none */
export function wordsOf<V extends string>(
  words: readonly V[],
  reason: QuarantineReason = 'unknown_category',
): Words<V> {
  return mappedWords(
    words.map((word): [string, V] => [word, word]),
    reason,
  );
}

/** @param entries the value by the word of the column */
export function mappedWords<V>(
  entries: readonly (readonly [string, V])[],
  reason: QuarantineReason = 'unknown_category',
): Words<V> {
  const [first] = entries;
  if (first === undefined) throw new RangeError('a column of words has at least one word');
  return { values: new Map(entries), fallback: first[1], reason };
}
