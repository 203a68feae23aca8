// Diabetes tests and treatment. "None" for a test means that it was not done; null and a left-out key say the same.
import type { FieldTable } from './field.ts';

const section = 'treatment';

export const TREATMENT = {
  max_glu_serum: {
    kind: 'choice',
    section,
    presence: 'optional',
    label: { en: 'Highest serum glucose (mg/dl)', es: 'Glucosa sérica máxima (mg/dl)' },
    help: { en: 'The highest result of the stay.', es: 'El resultado más alto de la estancia.' },
    choices: [
      { value: 'None', label: { en: 'Not tested', es: 'Sin prueba' } },
      { value: 'Norm', label: { en: 'Normal', es: 'Normal' } },
      { value: '>200', label: { en: 'Above 200', es: 'Más de 200' } },
      { value: '>300', label: { en: 'Above 300', es: 'Más de 300' } },
    ],
    unknown: 'None',
    unknownMeans: 'not_done',
  },
  a1c_result: {
    source: { column: 'A1Cresult' },
    kind: 'choice',
    section,
    presence: 'optional',
    label: { en: 'Hemoglobin A1c (%)', es: 'Hemoglobina A1c (%)' },
    help: { en: 'The result of this stay.', es: 'El resultado de esta estancia.' },
    choices: [
      { value: 'None', label: { en: 'Not tested', es: 'Sin prueba' } },
      { value: 'Norm', label: { en: 'Normal (below 7)', es: 'Normal (menos de 7)' } },
      { value: '>7', label: { en: 'Above 7', es: 'Más de 7' } },
      { value: '>8', label: { en: 'Above 8', es: 'Más de 8' } },
    ],
    unknown: 'None',
    unknownMeans: 'not_done',
  },
  insulin: {
    kind: 'choice',
    section,
    presence: 'required',
    label: { en: 'Insulin', es: 'Insulina' },
    help: { en: 'Whether it was given and how the dose changed.', es: 'Si se administró y cómo cambió la dosis.' },
    choices: [
      { value: 'No', label: { en: 'Not given', es: 'No administrada' } },
      { value: 'Steady', label: { en: 'Dose unchanged', es: 'Dosis sin cambio' } },
      { value: 'Up', label: { en: 'Dose raised', es: 'Dosis aumentada' } },
      { value: 'Down', label: { en: 'Dose lowered', es: 'Dosis reducida' } },
    ],
  },
  change_med: {
    source: { column: 'change', words: { Ch: true, No: false } },
    kind: 'flag',
    section,
    presence: 'required',
    label: { en: 'Diabetes medication changed', es: 'Cambio de medicación para la diabetes' },
    help: { en: 'Dose or drug changed during the stay.', es: 'Cambio de dosis o de fármaco durante la estancia.' },
  },
  diabetes_med: {
    source: { column: 'diabetesMed', words: { Yes: true, No: false } },
    kind: 'flag',
    section,
    presence: 'required',
    label: { en: 'Diabetes medication prescribed', es: 'Medicación para la diabetes recetada' },
    help: { en: 'Any diabetes medication prescribed.', es: 'Si se recetó algún fármaco para la diabetes.' },
  },
} as const satisfies FieldTable;
