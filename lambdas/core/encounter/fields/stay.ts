// The hospital stay: its length and how much was done. Upper bounds leave room above the largest value of 1999-2008.

const count = { kind: 'count', section: 'stay', presence: 'required' } as const;

export const timeInHospital = {
  ...count,
  name: 'time_in_hospital',
  min: 1,
  max: 14,
  typical: 4,
  label: { en: 'Days in hospital', es: 'Días de hospitalización' },
  help: { en: 'Days from admission to discharge, 1 to 14.', es: 'Días desde el ingreso hasta el alta, de 1 a 14.' },
} as const;

export const numLabProcedures = {
  ...count,
  name: 'num_lab_procedures',
  min: 0,
  max: 999,
  typical: 43,
  label: { en: 'Laboratory tests', es: 'Pruebas de laboratorio' },
  help: { en: 'Laboratory tests during the stay.', es: 'Pruebas de laboratorio durante la estancia.' },
} as const;

export const numProcedures = {
  ...count,
  name: 'num_procedures',
  min: 0,
  max: 999,
  typical: 1,
  label: { en: 'Other procedures', es: 'Otros procedimientos' },
  help: {
    en: 'Procedures during the stay, without laboratory tests.',
    es: 'Procedimientos durante la estancia, sin las pruebas de laboratorio.',
  },
} as const;

export const numMedications = {
  ...count,
  name: 'num_medications',
  min: 0,
  max: 999,
  typical: 15,
  label: { en: 'Medications', es: 'Medicamentos' },
  help: {
    en: 'Distinct medications given during the stay.',
    es: 'Medicamentos distintos administrados durante la estancia.',
  },
} as const;

export const numberDiagnoses = {
  ...count,
  name: 'number_diagnoses',
  section: 'diagnoses',
  min: 0,
  max: 999,
  typical: 8,
  label: { en: 'Number of diagnoses', es: 'Número de diagnósticos' },
  help: { en: 'Diagnoses entered for this stay.', es: 'Diagnósticos registrados en esta estancia.' },
} as const;
