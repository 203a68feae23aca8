// The header line of an encounter file: the 50 columns of the Diabetes 130-US Hospitals dataset, in their order.

export const HEADER_COLUMNS = [
  'encounter_id',
  'patient_nbr',
  'race',
  'gender',
  'age',
  'weight',
  'admission_type_id',
  'discharge_disposition_id',
  'admission_source_id',
  'time_in_hospital',
  'payer_code',
  'medical_specialty',
  'num_lab_procedures',
  'num_procedures',
  'num_medications',
  'number_outpatient',
  'number_emergency',
  'number_inpatient',
  'diag_1',
  'diag_2',
  'diag_3',
  'number_diagnoses',
  'max_glu_serum',
  'A1Cresult',
  'metformin',
  'repaglinide',
  'nateglinide',
  'chlorpropamide',
  'glimepiride',
  'acetohexamide',
  'glipizide',
  'glyburide',
  'tolbutamide',
  'pioglitazone',
  'rosiglitazone',
  'acarbose',
  'miglitol',
  'troglitazone',
  'tolazamide',
  'examide',
  'citoglipton',
  'insulin',
  'glyburide-metformin',
  'glipizide-metformin',
  'glimepiride-pioglitazone',
  'metformin-rosiglitazone',
  'metformin-pioglitazone',
  'change',
  'diabetesMed',
  'readmitted',
] as const;

export type HeaderColumn = (typeof HEADER_COLUMNS)[number];

/** The file is not an encounter file; the message names the first column that deviates. */
export class HeaderMismatchError extends Error {
  override readonly name = 'HeaderMismatchError';
}

/**
 * Checks the first line of a file against a dataset's columns. A byte order mark, a carriage return at the end and quoted
 * names are fine.
 * @throws HeaderMismatchError
 */
export function checkHeader(line: Uint8Array, columns: readonly string[]): void {
  const names = new TextDecoder()
    .decode(line)
    .replace(/\r$/, '')
    .split(',')
    .map((name) => name.replace(/^"(.*)"$/, '$1'));
  for (const [i, expected] of columns.entries()) {
    const found = names[i];
    if (found === expected) continue;
    const given = found === undefined ? 'missing' : JSON.stringify(found.slice(0, 60));
    throw new HeaderMismatchError(`column ${i + 1} of the header is ${given}, expected "${expected}"`);
  }
  if (names.length > columns.length) {
    const extra = JSON.stringify(names[columns.length]?.slice(0, 60));
    throw new HeaderMismatchError(
      `the header has ${names.length} columns, expected ${columns.length}: column ${columns.length + 1} is ${extra}`,
    );
  }
}
