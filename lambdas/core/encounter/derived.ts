// Columns that cleaning adds to the source's own, for analysis beside the model.
import { FIELDS } from './contract.ts';
import { isEligible } from './eligibility.ts';
import { readDiagnosis } from './icd9.ts';
import type { CleanRow } from './rows.ts';

export interface DerivedColumn {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  readonly value: (row: CleanRow) => number | string | boolean | null;
}

const AGE_MIDDLE: ReadonlyMap<string, number> = new Map(
  FIELDS.age_bucket.choices.map((choice, decade) => [choice.value, decade * 10 + 5]),
);

const groupOf = (code: string | null) => (code === null ? null : readDiagnosis(code).group);
const countDoses = (row: CleanRow, counted: (dose: string) => boolean) => row.doses.filter(counted).length;

export const DERIVED_COLUMNS: readonly DerivedColumn[] = [
  { name: 'age_mid', type: 'INT32', value: (row) => AGE_MIDDLE.get(row.encounter.age_bucket) ?? null },
  {
    name: 'prior_visits',
    type: 'INT32',
    value: ({ encounter: e }) => e.number_outpatient + e.number_emergency + e.number_inpatient,
  },
  { name: 'acute_visits', type: 'INT32', value: ({ encounter: e }) => e.number_emergency + e.number_inpatient },
  { name: 'meds_per_day', type: 'DOUBLE', value: ({ encounter: e }) => e.num_medications / e.time_in_hospital },
  { name: 'labs_per_day', type: 'DOUBLE', value: ({ encounter: e }) => e.num_lab_procedures / e.time_in_hospital },
  { name: 'n_diabetes_meds', type: 'INT32', value: (row) => countDoses(row, (dose) => dose !== 'No') },
  { name: 'n_meds_up', type: 'INT32', value: (row) => countDoses(row, (dose) => dose === 'Up') },
  { name: 'n_meds_down', type: 'INT32', value: (row) => countDoses(row, (dose) => dose === 'Down') },
  { name: 'a1c_tested', type: 'BOOLEAN', value: (row) => row.encounter.a1c_result !== 'None' },
  { name: 'glucose_tested', type: 'BOOLEAN', value: (row) => row.encounter.max_glu_serum !== 'None' },
  { name: 'diag_1_group', type: 'STRING', value: (row) => groupOf(row.encounter.diag_1) },
  { name: 'diag_2_group', type: 'STRING', value: (row) => groupOf(row.encounter.diag_2) },
  { name: 'diag_3_group', type: 'STRING', value: (row) => groupOf(row.encounter.diag_3) },
  { name: 'eligible', type: 'BOOLEAN', value: (row) => isEligible(row.encounter) },
  { name: 'readmitted_30d', type: 'BOOLEAN', value: (row) => row.readmitted === '<30' },
];
