// Numeric features of the stay, the visits before it and the diabetes care.
import { DERIVED_VALUES } from '../derived.ts';
import { FIELDS, type FieldName } from '../fields/index.ts';
import type { FeatureSpec, View } from './view.ts';

type Sources = readonly string[];

const numeric = (name: string, sources: Sources, value: (view: View) => number): FeatureSpec => ({
  name,
  sources,
  kind: 'numeric',
  value,
});

/** A value that the stored table holds too; yes and no are 1 and 0. */
const derived = (name: keyof typeof DERIVED_VALUES): FeatureSpec => {
  const { sources, of } = DERIVED_VALUES[name];
  return numeric(name, sources, ({ encounter }) => Number(of(encounter)));
};

/** The number that a field holds, as it is. */
const own = (name: CountName): FeatureSpec => numeric(name, [name], ({ encounter }) => encounter[name]);
type CountName = {
  [N in FieldName]: (typeof FIELDS)[N] extends { readonly kind: 'count' } ? N : never;
}[FieldName];

const flag = (name: 'change_med' | 'diabetes_med'): FeatureSpec =>
  numeric(name, [name], ({ encounter }) => Number(encounter[name]));

/** A test's result by its severity, in the order of the choices; -1 = not tested, which is the first. */
const severity = (name: string, field: 'a1c_result' | 'max_glu_serum'): FeatureSpec => {
  const order: ReadonlyMap<string, number> = new Map(FIELDS[field].choices.map(({ value }, i) => [value, i - 1]));
  return numeric(name, [field], ({ encounter }) => order.get(encounter[field]) ?? Number.NaN);
};

const INSULIN_ORDER: ReadonlyMap<string, number> = new Map([
  ['No', 0],
  ['Down', 1],
  ['Steady', 2],
  ['Up', 3],
]);
/** Discharges to another institution that goes on caring for the patient. */
const FACILITIES: ReadonlySet<number> = new Set([2, 3, 4, 5, 15, 22, 23, 24, 27, 28]);

export const COUNT_FEATURES: readonly FeatureSpec[] = [
  derived('age_mid'),
  own('time_in_hospital'),
  own('num_lab_procedures'),
  own('num_procedures'),
  own('num_medications'),
  own('number_outpatient'),
  own('number_emergency'),
  own('number_inpatient'),
  own('number_diagnoses'),
  derived('prior_visits'),
  derived('acute_visits'),
  derived('meds_per_day'),
  derived('labs_per_day'),
  flag('change_med'),
  flag('diabetes_med'),
  derived('a1c_tested'),
  derived('glucose_tested'),
  severity('a1c_order', 'a1c_result'),
  severity('glucose_order', 'max_glu_serum'),
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
