// Visits in the year before this admission.

const count = { kind: 'count', section: 'visits', presence: 'required', min: 0, max: 999, typical: 0 } as const;

export const numberOutpatient = {
  ...count,
  name: 'number_outpatient',
  label: { en: 'Outpatient visits', es: 'Consultas externas' },
  help: { en: 'In the year before this admission.', es: 'En el año anterior a este ingreso.' },
} as const;

export const numberEmergency = {
  ...count,
  name: 'number_emergency',
  label: { en: 'Emergency visits', es: 'Visitas a urgencias' },
  help: { en: 'In the year before this admission.', es: 'En el año anterior a este ingreso.' },
} as const;

export const numberInpatient = {
  ...count,
  name: 'number_inpatient',
  label: { en: 'Inpatient stays', es: 'Hospitalizaciones' },
  help: { en: 'In the year before this admission.', es: 'En el año anterior a este ingreso.' },
} as const;
