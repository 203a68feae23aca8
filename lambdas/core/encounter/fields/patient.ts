// The patient: race, gender, age in decades.
import type { FieldTable } from './field.ts';

export const PATIENT = {
  race: {
    kind: 'choice',
    section: 'patient',
    presence: 'nullable',
    label: { en: 'Race', es: 'Raza' },
    help: { en: 'As recorded by the hospital.', es: 'Según el registro del hospital.' },
    choices: [
      { value: 'AfricanAmerican', label: { en: 'African American', es: 'Afroamericana' } },
      { value: 'Asian', label: { en: 'Asian', es: 'Asiática' } },
      { value: 'Caucasian', label: { en: 'Caucasian', es: 'Caucásica' } },
      { value: 'Hispanic', label: { en: 'Hispanic', es: 'Hispana' } },
      { value: 'Other', label: { en: 'Other', es: 'Otra' } },
      { value: 'Unknown', label: { en: 'Not recorded', es: 'No registrada' } },
    ],
    unknown: 'Unknown',
    unknownMeans: 'missing',
  },
  gender: {
    kind: 'choice',
    section: 'patient',
    presence: 'required',
    label: { en: 'Gender', es: 'Sexo' },
    help: { en: 'As recorded by the hospital.', es: 'Según el registro del hospital.' },
    choices: [
      { value: 'Female', label: { en: 'Female', es: 'Mujer' } },
      { value: 'Male', label: { en: 'Male', es: 'Hombre' } },
      { value: 'Unknown/Invalid', label: { en: 'Not recorded', es: 'No registrado' } },
    ],
  },
  age_bucket: {
    source: { column: 'age', reason: 'unknown_age' },
    kind: 'choice',
    section: 'patient',
    presence: 'required',
    label: { en: 'Age', es: 'Edad' },
    help: { en: 'Age at admission, in decades.', es: 'Edad al ingreso, por décadas.' },
    choices: [
      { value: '[0-10)', label: { en: '0 to 9 years', es: '0 a 9 años' } },
      { value: '[10-20)', label: { en: '10 to 19 years', es: '10 a 19 años' } },
      { value: '[20-30)', label: { en: '20 to 29 years', es: '20 a 29 años' } },
      { value: '[30-40)', label: { en: '30 to 39 years', es: '30 a 39 años' } },
      { value: '[40-50)', label: { en: '40 to 49 years', es: '40 a 49 años' } },
      { value: '[50-60)', label: { en: '50 to 59 years', es: '50 a 59 años' } },
      { value: '[60-70)', label: { en: '60 to 69 years', es: '60 a 69 años' } },
      { value: '[70-80)', label: { en: '70 to 79 years', es: '70 a 79 años' } },
      { value: '[80-90)', label: { en: '80 to 89 years', es: '80 a 89 años' } },
      { value: '[90-100)', label: { en: '90 years or more', es: '90 años o más' } },
    ],
  },
} as const satisfies FieldTable;
