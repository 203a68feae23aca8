// Cells of one row, read as what their columns must hold. The first thing wrong is kept; reading goes on.
import { HEADER_COLUMNS, type HeaderColumn } from './header.ts';
import { DIAGNOSIS_PATTERN } from './icd9.ts';
import type { BadRow, QuarantineReason } from './quarantine.ts';

const POSITIONS = new Map(HEADER_COLUMNS.map((column, i) => [column, i]));
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

export class CellReader {
  problem: BadRow | null = null;
  private readonly cells: readonly string[];

  constructor(cells: readonly string[]) {
    this.cells = cells;
  }

  id(column: HeaderColumn): number {
    const cell = this.cell(column);
    if (isMissing(cell)) return this.fail('empty_id', column, `${column} is empty`, 0);
    return this.wholeNumber(column, cell, 1, MAX_ID);
  }

  count(column: HeaderColumn, limits: { readonly min: number; readonly max: number }): number {
    const cell = this.cell(column);
    if (isMissing(cell)) return this.fail('missing_value', column, `${column} is empty`, 0);
    return this.wholeNumber(column, cell, limits.min, limits.max);
  }

  /** The value that `words` has for the cell; `missing` stands for an empty cell or "?", if one may be missing. */
  word<V, M = never>(column: HeaderColumn, words: Words<V>, missing?: { readonly value: M }): V | M {
    const cell = this.cell(column);
    const value = words.values.get(cell);
    if (value !== undefined) return value;
    if (isMissing(cell)) {
      if (missing !== undefined) return missing.value;
      return this.fail('missing_value', column, `${column} is empty`, words.fallback);
    }
    const message = `${column} is ${shown(cell)}, expected one of ${[...words.values.keys()].join(', ')}`;
    return this.fail(words.reason, column, message, words.fallback);
  }

  diagnosis(column: HeaderColumn): string | null {
    const cell = this.cell(column);
    if (isMissing(cell)) return null;
    if (cell.length <= 7 && DIAGNOSIS_PATTERN.test(cell)) return cell.toUpperCase();
    return this.fail('invalid_diagnosis', column, `${column} is ${shown(cell)}, expected an ICD-9-CM code`, null);
  }

  text(column: HeaderColumn, maxLength: number): string | null {
    const cell = this.cell(column);
    if (isMissing(cell)) return null;
    if (cell.length <= maxLength && !/\p{Cc}/u.test(cell)) return cell;
    const message = `${column} has ${cell.length} characters or control characters among them, expected at most ${maxLength} printable ones`;
    return this.fail('invalid_text', column, message, null);
  }

  private cell(column: HeaderColumn): string {
    return this.cells[POSITIONS.get(column) ?? -1] ?? '';
  }

  private wholeNumber(column: HeaderColumn, cell: string, min: number, max: number): number {
    if (!/^-?\d+$/.test(cell)) {
      return this.fail('invalid_number', column, `${column} is ${shown(cell)}, expected a whole number`, 0);
    }
    const value = Number(cell);
    if (value >= min && value <= max) return value;
    return this.fail('out_of_range', column, `${column} is ${shown(cell)}, expected ${min} to ${max}`, 0);
  }

  private fail<T>(reason: QuarantineReason, field: HeaderColumn, message: string, placeholder: T): T {
    this.problem ??= { reason, field, message };
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

export function wordsOf<V extends string>(
  words: readonly V[],
  reason: QuarantineReason = 'unknown_category',
): Words<V> {
  return { values: new Map(words.map((word) => [word, word])), fallback: words[0], reason };
}

export function flagWords(yes: string, no: string): Words<boolean> {
  const values = new Map([
    [yes, true],
    [no, false],
  ]);
  return { values, fallback: false, reason: 'unknown_category' };
}
