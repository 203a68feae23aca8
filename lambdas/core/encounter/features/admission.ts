// Category features of the patient and of the ways in and out. Levels: the values with at least 30 (ids) or 100
// (specialties) training encounters in the data of 1999-2008; ids that mean "not available" are missing values.
import { FIELDS, type FieldName } from '../contract.ts';
import { category } from './category.ts';
import type { FeatureSpec, View } from './view.ts';

const ADMISSION_TYPES = [1, 2, 3];
const DISPOSITIONS = [1, 2, 3, 4, 5, 6, 7, 8, 15, 22, 23, 24, 28];
const ADMISSION_SOURCES = [1, 2, 3, 4, 5, 6, 7];
const SPECIALTIES = [
  'Cardiology',
  'Emergency/Trauma',
  'Family/GeneralPractice',
  'Gastroenterology',
  'Hematology/Oncology',
  'InternalMedicine',
  'Nephrology',
  'Neurology',
  'ObstetricsandGynecology',
  'Oncology',
  'Orthopedics',
  'Orthopedics-Reconstructive',
  'Pediatrics',
  'Pediatrics-Endocrinology',
  'PhysicalMedicineandRehabilitation',
  'Psychiatry',
  'Pulmonology',
  'Radiologist',
  'Surgery-Cardiovascular/Thoracic',
  'Surgery-General',
  'Surgery-Neuro',
  'Surgery-Vascular',
  'Urology',
];

/** Ids that say "not available", "not recorded" or "not mapped". */
const unmapped = (field: { readonly meanings: readonly { readonly id: number; readonly mapped: boolean }[] }) =>
  new Set(field.meanings.filter((meaning) => !meaning.mapped).map((meaning) => meaning.id));

const idCategory = (
  name: string,
  source: FieldName,
  values: readonly number[],
  missing: ReadonlySet<number>,
  read: (view: View) => number,
): FeatureSpec =>
  category(name, source, values, (view) => {
    const id = read(view);
    return missing.has(id) ? null : id;
  });

export const ADMISSION_FEATURES: readonly FeatureSpec[] = [
  category(
    'race',
    'race',
    FIELDS.race.choices.map((choice) => choice.value),
    (v) => v.encounter.race,
  ),
  category(
    'gender',
    'gender',
    FIELDS.gender.choices.map((choice) => choice.value),
    (v) => v.encounter.gender,
  ),
  idCategory(
    'admission_type',
    'admission_type_id',
    ADMISSION_TYPES,
    unmapped(FIELDS.admission_type_id),
    (v) => v.encounter.admission_type_id,
  ),
  idCategory(
    'discharge_disposition',
    'discharge_disposition_id',
    DISPOSITIONS,
    unmapped(FIELDS.discharge_disposition_id),
    (v) => v.encounter.discharge_disposition_id,
  ),
  idCategory(
    'admission_source',
    'admission_source_id',
    ADMISSION_SOURCES,
    unmapped(FIELDS.admission_source_id),
    (v) => v.encounter.admission_source_id,
  ),
  category('specialty', 'medical_specialty', SPECIALTIES, (v) => v.encounter.medical_specialty),
];
