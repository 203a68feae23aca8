// The fields of an encounter in the order of the contract, and the sections that a form shows them in. Whatever else
// goes through the fields (contract, files, stored table, form, texts) derives from this table.
import { ADMISSION } from './admission.ts';
import { DIAGNOSES, DIAGNOSIS_COUNT } from './diagnoses.ts';
import type { Field, FieldValue, Section, Text } from './field.ts';
import { PATIENT } from './patient.ts';
import { STAY } from './stay.ts';
import { TREATMENT } from './treatment.ts';
import { VISITS } from './visits.ts';

export type {
  Choice,
  ChoiceField,
  Field,
  FieldSource,
  FieldValue,
  IdMeaning,
  Presence,
  Section,
  Text,
} from './field.ts';

/** The contract's fields by name: limits, choices, meanings, texts and how the source writes them. */
export const FIELDS = {
  ...PATIENT,
  ...STAY,
  ...VISITS,
  ...DIAGNOSIS_COUNT,
  ...TREATMENT,
  ...DIAGNOSES,
  ...ADMISSION,
} as const;

export type FieldName = keyof typeof FIELDS;

/** A field that knows its name, seen as the general `Field`. */
export type NamedField = Field & { readonly name: FieldName };

/** One hospital encounter, after parsing. */
export type Encounter = { [N in FieldName]: FieldValue<(typeof FIELDS)[N]> };

const isFieldName = (name: string): name is FieldName => Object.hasOwn(FIELDS, name);

export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELDS).filter(isFieldName);

export const FIELD_LIST: readonly NamedField[] = FIELD_NAMES.map((name) => ({ ...FIELDS[name], name }));

/**
 * An object with a member for each field, in the contract's order. `T` says what the members are, one by one, which
 * TypeScript cannot follow through a loop: `make` answers for it.
 */
export function byField<T extends Readonly<Record<FieldName, unknown>>>(make: (field: NamedField) => unknown): T;
export function byField(make: (field: NamedField) => unknown): unknown {
  return Object.fromEntries(FIELD_LIST.map((field) => [field.name, make(field)]));
}

/**
 * Encounters made field by field of a source such as the cells of a line: `readerOf` gives each field's reader, which
 * answers for the type of its value. Fields that a dataset does not have stay null; no feature of it looks at them.
 */
export function encounterReader<S>(
  fields: readonly NamedField[],
  readerOf: (field: NamedField) => (source: S) => unknown,
): (source: S) => Encounter;
export function encounterReader<S>(
  fields: readonly NamedField[],
  readerOf: (field: NamedField) => (source: S) => unknown,
) {
  const readers = fields.map((field) => ({ name: field.name, read: readerOf(field) }));
  // Copies of one object share its layout: a hundred thousand encounters stay small and quick to read.
  const blank: Record<string, unknown> = Object.fromEntries(FIELD_NAMES.map((name) => [name, null]));
  return (source: S): Readonly<Record<string, unknown>> => {
    const encounter = { ...blank };
    for (const { name, read } of readers) encounter[name] = read(source);
    return encounter;
  };
}

/** The column of the source files that holds a field. */
export const sourceColumn = ({ name, source }: NamedField): string => source?.column ?? name;

/** Form sections in reading order. */
export const SECTIONS: readonly { readonly name: Section; readonly label: Text }[] = [
  { name: 'patient', label: { en: 'Patient', es: 'Paciente' } },
  { name: 'admission', label: { en: 'Admission and discharge', es: 'Ingreso y alta' } },
  { name: 'stay', label: { en: 'Hospital stay', es: 'Estancia' } },
  { name: 'visits', label: { en: 'Visits in the year before', es: 'Visitas del año anterior' } },
  { name: 'treatment', label: { en: 'Diabetes tests and treatment', es: 'Pruebas y tratamiento de la diabetes' } },
  { name: 'diagnoses', label: { en: 'Diagnoses', es: 'Diagnósticos' } },
];
