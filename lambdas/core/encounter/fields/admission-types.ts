// Meanings of admission_type_id (IDS_mapping.csv of the dataset).
import type { IdMeaning } from './field.ts';

export const ADMISSION_TYPES: readonly IdMeaning[] = [
  { id: 1, mapped: true, text: { en: 'Emergency', es: 'Urgencia vital' } },
  { id: 2, mapped: true, text: { en: 'Urgent', es: 'Urgente' } },
  { id: 3, mapped: true, text: { en: 'Elective', es: 'Programado' } },
  { id: 4, mapped: true, text: { en: 'Newborn', es: 'Recién nacido' } },
  { id: 5, mapped: false, text: { en: 'Not available', es: 'No disponible' } },
  { id: 6, mapped: false, text: { en: 'Not recorded', es: 'No registrado' } },
  { id: 7, mapped: true, text: { en: 'Trauma center', es: 'Centro de traumatología' } },
  { id: 8, mapped: false, text: { en: 'Not mapped', es: 'Sin correspondencia' } },
];
