// Numeric features of the stay, the visits before it and the diabetes care.
import { FIELDS } from '../contract.ts';
import type { FeatureSpec, View } from './view.ts';

type Sources = readonly string[];

const numeric = (name: string, sources: Sources, value: (view: View) => number): FeatureSpec => ({
  name,
  sources,
  kind: 'numeric',
  value,
});

const AGE_MIDDLE: ReadonlyMap<string, number> = new Map(
  FIELDS.age_bucket.choices.map((choice, decade) => [choice.value, decade * 10 + 5]),
);
/** Test results in order of severity; -1 = not tested. */
const A1C_ORDER: ReadonlyMap<string, number> = new Map([
  ['None', -1],
  ['Norm', 0],
  ['>7', 1],
  ['>8', 2],
]);
const GLUCOSE_ORDER: ReadonlyMap<string, number> = new Map([
  ['None', -1],
  ['Norm', 0],
  ['>200', 1],
  ['>300', 2],
]);
const INSULIN_ORDER: ReadonlyMap<string, number> = new Map([
  ['No', 0],
  ['Down', 1],
  ['Steady', 2],
  ['Up', 3],
]);
/** Discharges to another institution that goes on caring for the patient. */
const FACILITIES: ReadonlySet<number> = new Set([2, 3, 4, 5, 15, 22, 23, 24, 27, 28]);

export const COUNT_FEATURES: readonly FeatureSpec[] = [
  numeric('age_mid', ['age_bucket'], (v) => AGE_MIDDLE.get(v.encounter.age_bucket) ?? Number.NaN),
  numeric('time_in_hospital', ['time_in_hospital'], (v) => v.encounter.time_in_hospital),
  numeric('num_lab_procedures', ['num_lab_procedures'], (v) => v.encounter.num_lab_procedures),
  numeric('num_procedures', ['num_procedures'], (v) => v.encounter.num_procedures),
  numeric('num_medications', ['num_medications'], (v) => v.encounter.num_medications),
  numeric('number_outpatient', ['number_outpatient'], (v) => v.encounter.number_outpatient),
  numeric('number_emergency', ['number_emergency'], (v) => v.encounter.number_emergency),
  numeric('number_inpatient', ['number_inpatient'], (v) => v.encounter.number_inpatient),
  numeric('number_diagnoses', ['number_diagnoses'], (v) => v.encounter.number_diagnoses),
  numeric(
    'prior_visits',
    ['number_outpatient', 'number_emergency', 'number_inpatient'],
    ({ encounter: e }) => e.number_outpatient + e.number_emergency + e.number_inpatient,
  ),
  numeric(
    'acute_visits',
    ['number_emergency', 'number_inpatient'],
    ({ encounter: e }) => e.number_emergency + e.number_inpatient,
  ),
  numeric(
    'meds_per_day',
    ['num_medications', 'time_in_hospital'],
    ({ encounter: e }) => e.num_medications / e.time_in_hospital,
  ),
  numeric(
    'labs_per_day',
    ['num_lab_procedures', 'time_in_hospital'],
    ({ encounter: e }) => e.num_lab_procedures / e.time_in_hospital,
  ),
  numeric('change_med', ['change_med'], (v) => Number(v.encounter.change_med)),
  numeric('diabetes_med', ['diabetes_med'], (v) => Number(v.encounter.diabetes_med)),
  numeric('a1c_tested', ['a1c_result'], (v) => Number(v.encounter.a1c_result !== 'None')),
  numeric('glucose_tested', ['max_glu_serum'], (v) => Number(v.encounter.max_glu_serum !== 'None')),
  numeric('a1c_order', ['a1c_result'], (v) => A1C_ORDER.get(v.encounter.a1c_result) ?? Number.NaN),
  numeric('glucose_order', ['max_glu_serum'], (v) => GLUCOSE_ORDER.get(v.encounter.max_glu_serum) ?? Number.NaN),
  numeric('insulin_order', ['insulin'], (v) => INSULIN_ORDER.get(v.encounter.insulin) ?? Number.NaN),
  numeric('oral_only', ['diabetes_med', 'insulin'], (v) =>
    Number(v.encounter.diabetes_med && v.encounter.insulin === 'No'),
  ),
  numeric('oral_change', ['change_med', 'insulin'], (v) =>
    Number(v.encounter.change_med && (v.encounter.insulin === 'No' || v.encounter.insulin === 'Steady')),
  ),
  numeric('home_discharge', ['discharge_disposition_id'], (v) => Number(v.encounter.discharge_disposition_id === 1)),
  numeric('facility_discharge', ['discharge_disposition_id'], (v) =>
    Number(FACILITIES.has(v.encounter.discharge_disposition_id)),
  ),
];
