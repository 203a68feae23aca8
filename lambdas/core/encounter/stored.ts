// Values of a clean table's columns, checked against the contract as they are read. By column, not by row: a hundred
// thousand rows are read in a moment and without a second copy of them in memory.
import { type Encounter, FIELDS } from './contract.ts';

/** The table is not one that this version wrote. */
export class InvalidTableError extends Error {
  override readonly name = 'InvalidTableError';
}

/** Decoded values of each column, all of the same length. */
export type StoredColumns = ReadonlyMap<string, ArrayLike<unknown>>;

type At<T> = (row: number) => T;

/** Reads the encounters of the columns; the result takes a row number. @throws InvalidTableError */
export function storedEncounters(columns: StoredColumns): At<Encounter> {
  const race = word(columns, FIELDS.race);
  const gender = word(columns, FIELDS.gender);
  const age = word(columns, FIELDS.age_bucket);
  const days = count(columns, FIELDS.time_in_hospital);
  const labs = count(columns, FIELDS.num_lab_procedures);
  const procedures = count(columns, FIELDS.num_procedures);
  const medications = count(columns, FIELDS.num_medications);
  const outpatient = count(columns, FIELDS.number_outpatient);
  const emergency = count(columns, FIELDS.number_emergency);
  const inpatient = count(columns, FIELDS.number_inpatient);
  const diagnoses = count(columns, FIELDS.number_diagnoses);
  const glucose = word(columns, FIELDS.max_glu_serum);
  const a1c = word(columns, FIELDS.a1c_result);
  const insulin = word(columns, FIELDS.insulin);
  const change = storedFlag(columns, 'change_med');
  const diabetesMed = storedFlag(columns, 'diabetes_med');
  const diag1 = text(columns, 'diag_1');
  const diag2 = text(columns, 'diag_2');
  const diag3 = text(columns, 'diag_3');
  const specialty = text(columns, 'medical_specialty');
  const type = count(columns, FIELDS.admission_type_id);
  const disposition = count(columns, FIELDS.discharge_disposition_id);
  const source = count(columns, FIELDS.admission_source_id);
  return (row) => ({
    race: race(row),
    gender: gender(row),
    age_bucket: age(row),
    time_in_hospital: days(row),
    num_lab_procedures: labs(row),
    num_procedures: procedures(row),
    num_medications: medications(row),
    number_outpatient: outpatient(row),
    number_emergency: emergency(row),
    number_inpatient: inpatient(row),
    number_diagnoses: diagnoses(row),
    max_glu_serum: glucose(row),
    a1c_result: a1c(row),
    insulin: insulin(row),
    change_med: change(row),
    diabetes_med: diabetesMed(row),
    diag_1: diag1(row),
    diag_2: diag2(row),
    diag_3: diag3(row),
    medical_specialty: specialty(row),
    admission_type_id: type(row),
    discharge_disposition_id: disposition(row),
    admission_source_id: source(row),
  });
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

interface WordField<V extends string> {
  readonly name: string;
  readonly choices: readonly { readonly value: V }[];
  readonly unknown?: V;
}

function word<V extends string>(columns: StoredColumns, field: WordField<V>): At<V> {
  const values = column(columns, field.name);
  const words = new Map<unknown, V>(field.choices.map(({ value }) => [value, value]));
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
