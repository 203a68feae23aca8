// The hospital stay: its length and how much was done. Upper bounds leave room above the largest value of 1999-2008.
import type { FieldTable } from './field.ts';

const count = { kind: 'count', section: 'stay', presence: 'required' } as const;

export const STAY = {
  time_in_hospital: {
    ...count,
    min: 1,
    max: 14,
    typical: 4,
    label: { en: 'Days in hospital', es: 'Días de hospitalización' },
    help: { en: 'Days from admission to discharge, 1 to 14.', es: 'Días desde el ingreso hasta el alta, de 1 a 14.' },
  },
  num_lab_procedures: {
    ...count,
    min: 0,
    max: 999,
    typical: 43,
    label: { en: 'Laboratory tests', es: 'Pruebas de laboratorio' },
    help: { en: 'Laboratory tests during the stay.', es: 'Pruebas de laboratorio durante la estancia.' },
  },
  num_procedures: {
    ...count,
    min: 0,
    max: 999,
    typical: 1,
    label: { en: 'Other procedures', es: 'Otros procedimientos' },
    help: {
      en: 'Procedures during the stay, without laboratory tests.',
      es: 'Procedimientos durante la estancia, sin las pruebas de laboratorio.',
    },
  },
  num_medications: {
    ...count,
    min: 0,
    max: 999,
    typical: 15,
    label: { en: 'Medications', es: 'Medicamentos' },
    help: {
      en: 'Distinct medications given during the stay.',
      es: 'Medicamentos distintos administrados durante la estancia.',
    },
  },
} as const satisfies FieldTable;
