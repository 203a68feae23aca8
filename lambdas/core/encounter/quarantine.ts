// Why a row is put aside instead of trained on: stable names, each with what it means.

export const QUARANTINE_REASONS = {
  line_too_long: 'the line is longer than 64 KiB',
  invalid_utf8: 'the bytes are not UTF-8 text',
  invalid_quoting: 'a quoted field is not closed on its line, or text follows its closing quote',
  column_count: 'the row has more or fewer columns than the header',
  empty_id: 'encounter_id or patient_nbr is empty',
  missing_value: 'a column that must be known has no value',
  invalid_number: 'the column does not hold a whole number',
  out_of_range: 'the number is outside of the range of the column',
  unknown_age: 'the age is not a decade such as [70-80)',
  unknown_category: 'the value is not among the choices of the column',
  invalid_diagnosis: 'the code has no form of ICD-9-CM or ICD-10-CM',
  invalid_text: 'the text is too long or holds control characters',
  invalid_label: 'readmitted is not NO, >30 or <30',
  duplicate_encounter_id: 'an earlier row has the same encounter_id',
} as const;

export type QuarantineReason = keyof typeof QUARANTINE_REASONS;

/** What is wrong with a row. `field` is the column of the source, null when the row as a whole is at fault. */
export interface BadRow {
  readonly reason: QuarantineReason;
  readonly field: string | null;
  readonly message: string;
}
