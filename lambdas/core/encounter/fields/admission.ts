// How the patient came, left, and who admitted. The id meanings are those of the dataset's IDS_mapping.csv.
import { ADMISSION_SOURCES } from './admission-sources.ts';
import { ADMISSION_TYPES } from './admission-types.ts';
import { DISCHARGE_DISPOSITIONS } from './discharge-dispositions.ts';
import type { FieldTable } from './field.ts';
import { SPECIALTIES } from './specialties.ts';

const id = { kind: 'id', section: 'admission', presence: 'required', min: 1, max: 30 } as const;

export const ADMISSION = {
  medical_specialty: {
    kind: 'text',
    section: 'admission',
    presence: 'optional',
    maxLength: 80,
    label: { en: 'Specialty of the admitting physician', es: 'Especialidad del médico que ingresa' },
    help: { en: 'Leave empty if not known.', es: 'Déjelo vacío si no se conoce.' },
    suggestions: SPECIALTIES,
  },
  admission_type_id: {
    ...id,
    label: { en: 'Admission type', es: 'Tipo de ingreso' },
    help: { en: 'How urgent the admission was.', es: 'La urgencia del ingreso.' },
    meanings: ADMISSION_TYPES,
  },
  discharge_disposition_id: {
    ...id,
    label: { en: 'Discharge to', es: 'Destino al alta' },
    help: { en: 'Where the patient went after the stay.', es: 'Adónde fue el paciente tras la estancia.' },
    meanings: DISCHARGE_DISPOSITIONS,
  },
  admission_source_id: {
    ...id,
    label: { en: 'Admitted from', es: 'Procedencia' },
    help: { en: 'Who referred or transferred the patient.', es: 'Quién remitió o trasladó al paciente.' },
    meanings: ADMISSION_SOURCES,
  },
} as const satisfies FieldTable;
