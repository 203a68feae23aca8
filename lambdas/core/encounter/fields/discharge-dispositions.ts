// Meanings of discharge_disposition_id (IDS_mapping.csv of the dataset).
import type { IdMeaning } from './field.ts';

const known = (id: number, en: string, es: string): IdMeaning => ({ id, mapped: true, text: { en, es } });
const open = (id: number, en: string, es: string): IdMeaning => ({ id, mapped: false, text: { en, es } });

export const DISCHARGE_DISPOSITIONS: readonly IdMeaning[] = [
  known(1, 'Home', 'Domicilio'),
  known(2, 'Another short-term hospital', 'Otro hospital de corta estancia'),
  known(3, 'Skilled nursing facility', 'Centro de enfermería especializada'),
  known(4, 'Intermediate care facility', 'Centro de cuidados intermedios'),
  known(5, 'Another inpatient care institution', 'Otra institución con internamiento'),
  known(6, 'Home with home health service', 'Domicilio con asistencia sanitaria'),
  known(7, 'Left against medical advice', 'Alta voluntaria contra consejo médico'),
  known(8, 'Home with home IV provider', 'Domicilio con terapia intravenosa'),
  known(9, 'Admitted as an inpatient to this hospital', 'Ingresado en este hospital'),
  known(10, 'Neonate to another hospital for aftercare', 'Neonato trasladado a otro hospital'),
  known(11, 'Died', 'Fallecido'),
  known(12, 'Still a patient, or expected for outpatient services', 'Sigue en tratamiento o vuelve a consulta externa'),
  known(13, 'Hospice at home', 'Cuidados paliativos a domicilio'),
  known(14, 'Hospice in a medical facility', 'Cuidados paliativos en un centro médico'),
  known(15, 'Swing bed within this institution', 'Cama de Medicare de uso mixto en este centro'),
  known(16, 'Another institution for outpatient services', 'Otra institución para consulta externa'),
  known(17, 'This institution for outpatient services', 'Esta institución para consulta externa'),
  open(18, 'Not recorded', 'No registrado'),
  known(19, 'Died at home (Medicaid only, hospice)', 'Fallecido en casa (Medicaid, paliativos)'),
  known(20, 'Died in a medical facility (Medicaid only, hospice)', 'Fallecido en un centro (Medicaid, paliativos)'),
  known(21, 'Died, place unknown (Medicaid only, hospice)', 'Fallecido, lugar desconocido (Medicaid, paliativos)'),
  known(22, 'Rehabilitation facility', 'Centro de rehabilitación'),
  known(23, 'Long-term care hospital', 'Hospital de larga estancia'),
  known(24, 'Nursing facility certified under Medicaid only', 'Centro de enfermería certificado solo por Medicaid'),
  open(25, 'Not mapped', 'Sin correspondencia'),
  open(26, 'Unknown or invalid', 'Desconocido o no válido'),
  known(27, 'Federal health care facility', 'Centro sanitario federal'),
  known(28, 'Psychiatric hospital or unit', 'Hospital o unidad de psiquiatría'),
  known(29, 'Critical access hospital', 'Hospital de acceso crítico'),
  known(30, 'Another health care institution', 'Otra institución sanitaria'),
];
