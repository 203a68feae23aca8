// Cells of one row, read as what their columns must hold. The first thing wrong is kept; reading goes on.
import type { CodeSystem } from './codes/systems.ts';
import type { CodingSystem } from './coding.ts';
import type { BadRow, QuarantineReason } from './quarantine.ts';

const MAX_ID = Number.MAX_SAFE_INTEGER;

/**
 * What files write for a missing value: the public data "?", pandas nothing or NaN, R "NA", databases NULL. A column that
 * has the word among its own ("None" for a test that was not done) is asked first.
 */
const isMissing = (cell: string) => cell === '' || cell === '?' || (cell.length < 9 && MISSING.test(cell));
const MISSING = /^\s*(?:\?|na|n\/a|#n\/a|<na>|nan|null|none)?\s*$/i;
/** As a spreadsheet or pandas writes a whole number in a column with gaps. */
const WHOLE = /^-?\d+$/;
const WHOLE_WITH_DECIMALS = /^(-?\d+)[.,]0*$/;
const isPrintable = (cell: string, maxLength: number) => cell.length <= maxLength && !/\p{Cc}/u.test(cell);
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
    return this.wholeNumber(column, 'empty_id', 1, MAX_ID);
  }

  count(column: CellColumn, limits: { readonly min: number; readonly max: number }): number {
    return this.wholeNumber(column, 'missing_value', limits.min, limits.max);
  }

  /** The value that `words` has for the cell; `missing` stands for an empty cell or "?", if one may be missing. */
  word<V, M = never>(column: CellColumn, words: Words<V>, missing?: { readonly value: M }): V | M {
    const cell = this.cell(column);
    const exact = words.values.get(cell);
    if (exact !== undefined) return exact;
    const value = cell === '?' ? undefined : words.spelled.get(spelling(cell));
    if (value !== undefined) return value;
    if (isMissing(cell)) {
      if (missing !== undefined) return missing.value;
      return this.fail('missing_value', column, `${column.name} is empty`, words.fallback);
    }
    const message = `${column.name} is ${shown(cell)}, expected one of ${[...words.values.keys()].join(', ')}`;
    return this.fail(words.reason, column, message, words.fallback);
  }

  /** The value of a column that no model reads: null where the cell has none, or holds another word. */
  wordIfAny<V>(column: CellColumn, words: Words<V>): V | null {
    const cell = this.cell(column);
    const value = words.values.get(cell);
    if (value !== undefined || isMissing(cell)) return value ?? null;
    return words.spelled.get(spelling(cell)) ?? null;
  }

  /** The text of a column that no model reads: null where there is none that would be kept. */
  textIfAny(column: CellColumn, maxLength: number): string | null {
    const cell = this.cell(column).trim();
    return isMissing(cell) || !isPrintable(cell, maxLength) ? null : cell;
  }

  /** @param system of codes that more than one could own */
  diagnosis(column: CellColumn, coding: CodingSystem, system: () => CodeSystem): string | null {
    const cell = this.cell(column).trim();
    const code = cell.length <= coding.maxLength && coding.pattern.test(cell) ? coding.read(cell, system) : null;
    if (code !== null || isMissing(cell)) return code;
    const message = `${column.name} is ${shown(cell)}, expected a code of ICD-9-CM or ICD-10-CM`;
    return this.fail('invalid_diagnosis', column, message, null);
  }

  /** Cells of these columns as they are. */
  raw(columns: readonly CellColumn[]): string[] {
    return columns.map((column) => this.cell(column));
  }

  text(column: CellColumn, maxLength: number): string | null {
    const cell = this.cell(column).trim();
    if (isMissing(cell)) return null;
    if (isPrintable(cell, maxLength)) return cell;
    const message = `${column.name} has ${cell.length} characters or control characters among them, expected at most ${maxLength} printable ones`;
    return this.fail('invalid_text', column, message, null);
  }

  private cell({ index }: CellColumn): string {
    return this.cells[index] ?? '';
  }

  private wholeNumber(column: CellColumn, empty: QuarantineReason, min: number, max: number): number {
    const cell = this.cell(column);
    const digits = WHOLE.test(cell) ? cell : wholeOf(cell);
    if (digits === null) {
      if (isMissing(cell)) return this.fail(empty, column, `${column.name} is empty`, 0);
      return this.fail('invalid_number', column, `${column.name} is ${shown(cell)}, expected a whole number`, 0);
    }
    const value = Number(digits);
    if (value >= min && value <= max) return value;
    return this.fail('out_of_range', column, `${column.name} is ${shown(cell)}, expected ${min} to ${max}`, 0);
  }

  private fail<T>(reason: QuarantineReason, column: CellColumn, message: string, placeholder: T): T {
    this.problem ??= { reason, field: column.name, message };
    return placeholder;
  }
}

function wholeOf(cell: string): string | null {
  const text = cell.trim();
  return WHOLE.test(text) ? text : (WHOLE_WITH_DECIMALS.exec(text)?.[1] ?? null);
}

/** The words that a column may hold and their values. */
export interface Words<V> {
  readonly values: ReadonlyMap<string, V>;
  /** The same by their spelling, without words that share one. */
  readonly spelled: ReadonlyMap<string, V>;
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
  const spelled = new Map<string, V>();
  const shared = new Set<string>();
  for (const [word, value] of entries) {
    if (spelled.has(spelling(word))) shared.add(spelling(word));
    spelled.set(spelling(word), value);
  }
  for (const word of shared) spelled.delete(word);
  return { values: new Map(entries), spelled, fallback: first[1], reason };
}

/** A word without what tools change about it: case, blanks, the brackets of an interval ("[70-80)" as 70-80). */
function spelling(word: string): string {
  const text = word.toLowerCase().replace(/\s+/g, '');
  return text.replace(/^[[(]?(\d+)[-–](\d+)[\])]?$/, '$1-$2');
}
