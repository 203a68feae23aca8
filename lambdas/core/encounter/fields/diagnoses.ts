// How many diagnoses the stay has, and the first three of them as codes.
import type { FieldTable } from './field.ts';

const code = { kind: 'diagnosis', section: 'diagnoses' } as const;

const help = {
  en: 'ICD-9-CM code such as 428, 250.83, V58 or E885, or ICD-10-CM code such as E11.9.',
  es: 'Código CIE-9-MC, por ejemplo 428, 250.83, V58 o E885, o CIE-10-MC, por ejemplo E11.9.',
} as const;

export const DIAGNOSIS_COUNT = {
  number_diagnoses: {
    kind: 'count',
    section: 'diagnoses',
    presence: 'required',
    min: 0,
    max: 999,
    typical: 8,
    label: { en: 'Number of diagnoses', es: 'Número de diagnósticos' },
    help: { en: 'Diagnoses entered for this stay.', es: 'Diagnósticos registrados en esta estancia.' },
  },
} as const satisfies FieldTable;

export const DIAGNOSES = {
  diag_1: {
    ...code,
    presence: 'nullable',
    label: { en: 'Primary diagnosis', es: 'Diagnóstico principal' },
    help,
  },
  diag_2: {
    ...code,
    presence: 'optional',
    label: { en: 'Secondary diagnosis', es: 'Diagnóstico secundario' },
    help,
  },
  diag_3: {
    ...code,
    presence: 'optional',
    label: { en: 'Additional diagnosis', es: 'Diagnóstico adicional' },
    help,
  },
} as const satisfies FieldTable;
