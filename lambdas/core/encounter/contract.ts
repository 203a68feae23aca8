// The contract of one encounter as clients send it: 23 fields, checked and brought to one form.
import * as z from 'zod';
import { FIELDS } from './fields/index.ts';
import { DIAGNOSIS_PATTERN } from './icd9.ts';

export { FIELD_LIST, FIELDS, type FieldName, SECTIONS } from './fields/index.ts';

interface Choices<V extends string> {
  readonly choices: readonly { readonly value: V }[];
}

const word = <V extends string>(field: Choices<V>) => z.enum(field.choices.map((choice) => choice.value));
const whole = (field: { readonly min: number; readonly max: number }) => z.int().min(field.min).max(field.max);
/** "?" is the source files' token for a missing value; clients that forward it mean null. */
const known = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '?' ? null : value), schema);
const wordOr = <V extends string>(field: Choices<V> & { readonly unknown: V }) =>
  known(z.nullable(word(field)).transform((value) => value ?? field.unknown));

const diagnosis = known(
  z
    .string()
    .max(7)
    .regex(DIAGNOSIS_PATTERN, 'Invalid ICD-9-CM code: expected a form such as 428, 250.83, V58 or E885')
    .transform((code) => code.toUpperCase())
    .nullable(),
);
const text = (field: { readonly maxLength: number }) =>
  known(
    z
      .string()
      .min(1)
      .max(field.maxLength)
      .regex(/^[^\p{Cc}]*$/u, 'Invalid text: control characters are not allowed')
      .nullable(),
  );

/**
 * Body of POST /predict. Keys beyond the 23 are dropped, so that clients which send more keep working.
 * After parsing there is one form for each fact: an unknown race is "Unknown", a test that was not done is "None",
 * an unknown diagnosis or specialty is null, ICD-9 letters are upper case.
 */
export const encounterSchema = z.object({
  race: wordOr(FIELDS.race),
  gender: word(FIELDS.gender),
  age_bucket: word(FIELDS.age_bucket),
  time_in_hospital: whole(FIELDS.time_in_hospital),
  num_lab_procedures: whole(FIELDS.num_lab_procedures),
  num_procedures: whole(FIELDS.num_procedures),
  num_medications: whole(FIELDS.num_medications),
  number_outpatient: whole(FIELDS.number_outpatient),
  number_emergency: whole(FIELDS.number_emergency),
  number_inpatient: whole(FIELDS.number_inpatient),
  number_diagnoses: whole(FIELDS.number_diagnoses),
  max_glu_serum: wordOr(FIELDS.max_glu_serum).default(FIELDS.max_glu_serum.unknown),
  a1c_result: wordOr(FIELDS.a1c_result).default(FIELDS.a1c_result.unknown),
  insulin: word(FIELDS.insulin),
  change_med: z.boolean(),
  diabetes_med: z.boolean(),
  diag_1: diagnosis,
  diag_2: diagnosis.default(null),
  diag_3: diagnosis.default(null),
  medical_specialty: text(FIELDS.medical_specialty).default(null),
  admission_type_id: whole(FIELDS.admission_type_id),
  discharge_disposition_id: whole(FIELDS.discharge_disposition_id),
  admission_source_id: whole(FIELDS.admission_source_id),
});

/** One hospital encounter, after parsing. */
export type Encounter = z.infer<typeof encounterSchema>;
