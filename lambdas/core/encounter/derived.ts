// Values that follow from the fields, defined once: inputs of the model, and columns of the stored table for analysis.
import { type Encounter, FIELDS, type FieldName } from './fields/index.ts';

export interface DerivedValue {
  /** The fields that it is computed from. */
  readonly sources: readonly FieldName[];
  /** How the stored table holds it. */
  readonly type: 'INT32' | 'DOUBLE' | 'BOOLEAN';
  readonly of: (encounter: Encounter) => number | boolean;
}

const AGE_MIDDLE: ReadonlyMap<string, number> = new Map(
  FIELDS.age_bucket.choices.map((choice, decade) => [choice.value, decade * 10 + 5]),
);

export const DERIVED_VALUES = {
  /** Years; the middle of the decade. */
  age_mid: { sources: ['age_bucket'], type: 'INT32', of: (e) => AGE_MIDDLE.get(e.age_bucket) ?? Number.NaN },
  prior_visits: {
    sources: ['number_outpatient', 'number_emergency', 'number_inpatient'],
    type: 'INT32',
    of: (e) => e.number_outpatient + e.number_emergency + e.number_inpatient,
  },
  acute_visits: {
    sources: ['number_emergency', 'number_inpatient'],
    type: 'INT32',
    of: (e) => e.number_emergency + e.number_inpatient,
  },
  meds_per_day: {
    sources: ['num_medications', 'time_in_hospital'],
    type: 'DOUBLE',
    of: (e) => e.num_medications / e.time_in_hospital,
  },
  labs_per_day: {
    sources: ['num_lab_procedures', 'time_in_hospital'],
    type: 'DOUBLE',
    of: (e) => e.num_lab_procedures / e.time_in_hospital,
  },
  a1c_tested: { sources: ['a1c_result'], type: 'BOOLEAN', of: (e) => e.a1c_result !== 'None' },
  glucose_tested: { sources: ['max_glu_serum'], type: 'BOOLEAN', of: (e) => e.max_glu_serum !== 'None' },
} as const satisfies Readonly<Record<string, DerivedValue>>;
