// Visits in the year before this admission.
import type { FieldTable } from './field.ts';

const count = { kind: 'count', section: 'visits', presence: 'required', min: 0, max: 999, typical: 0 } as const;

export const VISITS = {
  number_outpatient: {
    ...count,
    label: { en: 'Outpatient visits', es: 'Consultas externas' },
    help: { en: 'In the year before this admission.', es: 'En el año anterior a este ingreso.' },
  },
  number_emergency: {
    ...count,
    label: { en: 'Emergency visits', es: 'Visitas a urgencias' },
    help: { en: 'In the year before this admission.', es: 'En el año anterior a este ingreso.' },
  },
  number_inpatient: {
    ...count,
    label: { en: 'Inpatient stays', es: 'Hospitalizaciones' },
    help: { en: 'In the year before this admission.', es: 'En el año anterior a este ingreso.' },
  },
} as const satisfies FieldTable;
