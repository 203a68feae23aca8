// Meanings of admission_source_id (IDS_mapping.csv of the dataset).
import type { IdMeaning } from './field.ts';

const known = (id: number, en: string, es: string): IdMeaning => ({ id, mapped: true, text: { en, es } });
const open = (id: number, en: string, es: string): IdMeaning => ({ id, mapped: false, text: { en, es } });

export const ADMISSION_SOURCES: readonly IdMeaning[] = [
  known(1, 'Physician referral', 'Remitido por un médico'),
  known(2, 'Clinic referral', 'Remitido por una clínica'),
  known(3, 'HMO referral', 'Remitido por una aseguradora (HMO)'),
  known(4, 'Transfer from a hospital', 'Traslado desde un hospital'),
  known(5, 'Transfer from a skilled nursing facility', 'Traslado desde un centro de enfermería especializada'),
  known(6, 'Transfer from another health care facility', 'Traslado desde otro centro sanitario'),
  known(7, 'Emergency room', 'Urgencias'),
  known(8, 'Court or law enforcement', 'Juzgado o fuerzas del orden'),
  open(9, 'Not available', 'No disponible'),
  known(10, 'Transfer from a critical access hospital', 'Traslado desde un hospital de acceso crítico'),
  known(11, 'Normal delivery', 'Parto normal'),
  known(12, 'Premature delivery', 'Parto prematuro'),
  known(13, 'Sick baby', 'Bebé enfermo'),
  known(14, 'Extramural birth', 'Nacimiento fuera del hospital'),
  open(15, 'Not available', 'No disponible'),
  open(17, 'Not recorded', 'No registrado'),
  known(18, 'Transfer from another home health agency', 'Traslado desde otra agencia de atención domiciliaria'),
  known(19, 'Readmission to the same home health agency', 'Reingreso en la misma agencia de atención domiciliaria'),
  open(20, 'Not mapped', 'Sin correspondencia'),
  open(21, 'Unknown or invalid', 'Desconocido o no válido'),
  known(22, 'Transfer within the hospital, separate claim', 'Traslado interno con facturación separada'),
  known(23, 'Born inside this hospital', 'Nacido en este hospital'),
  known(24, 'Born outside this hospital', 'Nacido fuera de este hospital'),
  known(25, 'Transfer from an ambulatory surgery center', 'Traslado desde un centro de cirugía ambulatoria'),
  known(26, 'Transfer from hospice', 'Traslado desde cuidados paliativos'),
];
