// Values of a clean table's columns, checked against the contract as they are read. By column, not by row: a hundred
// thousand rows are read in a moment and without a second copy of them in memory.
import type { Dataset } from '../dataset/dataset.ts';
import { type ChoiceField, type Encounter, encounterReader, type NamedField } from './fields/index.ts';

/** The table is not one that this version wrote. */
export class InvalidTableError extends Error {
  override readonly name = 'InvalidTableError';
}

/** Decoded values of each column, all of the same length. */
export type StoredColumns = ReadonlyMap<string, ArrayLike<unknown>>;

type At<T> = (row: number) => T;

/** Reads the encounters of the columns; the result takes a row number. @throws InvalidTableError */
export function storedEncounters(columns: StoredColumns, { fields }: Pick<Dataset, 'fields'>): At<Encounter> {
  return encounterReader(fields, (field) => fieldReader(columns, field));
}

function fieldReader(columns: StoredColumns, field: NamedField): At<unknown> {
  switch (field.kind) {
    case 'choice':
      return word(columns, field);
    case 'count':
    case 'id':
      return count(columns, field);
    case 'flag':
      return storedFlag(columns, field.name);
    case 'diagnosis':
    case 'text':
      return text(columns, field.name);
  }
}

/** An INT64 id column; ids are below 2^53. */
export function storedId(columns: StoredColumns, name: string): At<number> {
  const values = column(columns, name);
  return (row) => {
    const value = values[row];
    return typeof value === 'bigint' ? Number(value) : invalid(name, row, value);
  };
}

export function storedFlag(columns: StoredColumns, name: string): At<boolean> {
  const values = column(columns, name);
  return (row) => {
    const value = values[row];
    return typeof value === 'boolean' ? value : invalid(name, row, value);
  };
}

function word(columns: StoredColumns, field: ChoiceField & { readonly name: string }): At<string> {
  const values = column(columns, field.name);
  const words = new Map<unknown, string>(field.choices.map(({ value }) => [value, value]));
  if (field.unknown !== undefined) words.set(null, field.unknown).set(undefined, field.unknown);
  return (row) => words.get(values[row]) ?? invalid(field.name, row, values[row]);
}

function count(columns: StoredColumns, field: { readonly name: string; min: number; max: number }): At<number> {
  const values = column(columns, field.name);
  return (row) => {
    const value = values[row];
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= field.min && value <= field.max;
    return fits ? value : invalid(field.name, row, value);
  };
}

function text(columns: StoredColumns, name: string): At<string | null> {
  const values = column(columns, name);
  return (row) => {
    const value = values[row] ?? null;
    return value === null || typeof value === 'string' ? value : invalid(name, row, value);
  };
}

function column(columns: StoredColumns, name: string): ArrayLike<unknown> {
  const values = columns.get(name);
  if (values === undefined) throw new InvalidTableError(`the table has no column ${name}`);
  return values;
}

function invalid(name: string, row: number, value: unknown): never {
  throw new InvalidTableError(`row ${row} of column ${name} is ${String(value)}, which the contract does not know`);
}
