// Category features of the patient and of the ways in and out. Ids that mean "not available" are missing values.
import type { FeatureLevels } from '../../dataset/dataset.ts';
import { FIELDS, type FieldName } from '../fields/index.ts';
import { category } from './category.ts';
import type { FeatureSpec, View } from './view.ts';

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

export const admissionFeatures = (levels: FeatureLevels): readonly FeatureSpec[] => [
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
    levels.admissionTypes,
    unmapped(FIELDS.admission_type_id),
    (v) => v.encounter.admission_type_id,
  ),
  idCategory(
    'discharge_disposition',
    'discharge_disposition_id',
    levels.dispositions,
    unmapped(FIELDS.discharge_disposition_id),
    (v) => v.encounter.discharge_disposition_id,
  ),
  idCategory(
    'admission_source',
    'admission_source_id',
    levels.admissionSources,
    unmapped(FIELDS.admission_source_id),
    (v) => v.encounter.admission_source_id,
  ),
  category('specialty', 'medical_specialty', levels.specialties, (v) => v.encounter.medical_specialty),
];
