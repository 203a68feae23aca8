// One line of an encounter file to a typed row, or to the reason why it is none. Every column is checked.
import { CellReader, flagWords, splitCells, wordsOf } from './cells.ts';
import { type Encounter, FIELDS } from './contract.ts';
import { HEADER_COLUMNS } from './header.ts';
import { MAX_LINE_BYTES } from './lines.ts';
import { DOSES, type Dose, MEDICATIONS } from './medications.ts';
import type { BadRow } from './quarantine.ts';

export const READMITTED = ['NO', '>30', '<30'] as const;
export type Readmitted = (typeof READMITTED)[number];

/** A row of the source after cleaning. `encounter` is exactly what a client would send for it. */
export interface CleanRow {
  readonly encounter_id: number;
  readonly patient_nbr: number;
  readonly encounter: Encounter;
  /** Weight class in pounds, such as "[75-100)". */
  readonly weight: string | null;
  readonly payer_code: string | null;
  /** In the order of MEDICATIONS. */
  readonly doses: readonly Dose[];
  readonly readmitted: Readmitted;
}

export type ParsedRow = { readonly ok: true; readonly row: CleanRow } | { readonly ok: false; readonly bad: BadRow };

const choices = <V extends string>(field: { readonly choices: readonly { readonly value: V }[] }) =>
  field.choices.map((choice) => choice.value);

const RACES = wordsOf(choices(FIELDS.race));
const GENDERS = wordsOf(choices(FIELDS.gender));
const AGES = wordsOf(choices(FIELDS.age_bucket), 'unknown_age');
const GLUCOSE = wordsOf(choices(FIELDS.max_glu_serum));
const A1C = wordsOf(choices(FIELDS.a1c_result));
const INSULIN = wordsOf(choices(FIELDS.insulin));
const DOSE = wordsOf(DOSES);
const CHANGE = flagWords('Ch', 'No');
const DIABETES_MED = flagWords('Yes', 'No');
const LABELS = wordsOf(READMITTED, 'invalid_label');
const WEIGHTS = wordsOf([
  '[0-25)',
  '[25-50)',
  '[50-75)',
  '[75-100)',
  '[100-125)',
  '[125-150)',
  '[150-175)',
  '[175-200)',
  '>200',
]);
const MAX_PAYER_CODE = 8;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @param bytes the line without its terminator
 * @param length its true length, where `bytes` is only its beginning
 */
export function parseRow(bytes: Uint8Array, length: number = bytes.length): ParsedRow {
  if (length > MAX_LINE_BYTES)
    return bad('line_too_long', `the line has ${length} bytes, at most ${MAX_LINE_BYTES} fit`);
  const text = decode(bytes);
  if (text === null) return bad('invalid_utf8', 'the line is not UTF-8 text');
  const cells = splitCells(text);
  if (cells === null) return bad('invalid_quoting', 'a quoted field is not closed on its line');
  if (cells.length !== HEADER_COLUMNS.length) {
    return bad('column_count', `the row has ${cells.length} columns, expected ${HEADER_COLUMNS.length}`);
  }
  const read = new CellReader(cells);
  const row: CleanRow = {
    encounter_id: read.id('encounter_id'),
    patient_nbr: read.id('patient_nbr'),
    encounter: readEncounter(read),
    weight: read.word('weight', WEIGHTS, { value: null }),
    payer_code: read.text('payer_code', MAX_PAYER_CODE),
    doses: MEDICATIONS.map((column) => read.word(column, DOSE)),
    readmitted: read.word('readmitted', LABELS),
  };
  return read.problem === null ? { ok: true, row } : { ok: false, bad: read.problem };
}

function readEncounter(read: CellReader): Encounter {
  return {
    race: read.word('race', RACES, { value: FIELDS.race.unknown }),
    gender: read.word('gender', GENDERS),
    age_bucket: read.word('age', AGES),
    time_in_hospital: read.count('time_in_hospital', FIELDS.time_in_hospital),
    num_lab_procedures: read.count('num_lab_procedures', FIELDS.num_lab_procedures),
    num_procedures: read.count('num_procedures', FIELDS.num_procedures),
    num_medications: read.count('num_medications', FIELDS.num_medications),
    number_outpatient: read.count('number_outpatient', FIELDS.number_outpatient),
    number_emergency: read.count('number_emergency', FIELDS.number_emergency),
    number_inpatient: read.count('number_inpatient', FIELDS.number_inpatient),
    number_diagnoses: read.count('number_diagnoses', FIELDS.number_diagnoses),
    // "None" is a word of its own here (not tested); files saved by other tools leave such cells empty.
    max_glu_serum: read.word('max_glu_serum', GLUCOSE, { value: FIELDS.max_glu_serum.unknown }),
    a1c_result: read.word('A1Cresult', A1C, { value: FIELDS.a1c_result.unknown }),
    insulin: read.word('insulin', INSULIN),
    change_med: read.word('change', CHANGE),
    diabetes_med: read.word('diabetesMed', DIABETES_MED),
    diag_1: read.diagnosis('diag_1'),
    diag_2: read.diagnosis('diag_2'),
    diag_3: read.diagnosis('diag_3'),
    medical_specialty: read.text('medical_specialty', FIELDS.medical_specialty.maxLength),
    admission_type_id: read.count('admission_type_id', FIELDS.admission_type_id),
    discharge_disposition_id: read.count('discharge_disposition_id', FIELDS.discharge_disposition_id),
    admission_source_id: read.count('admission_source_id', FIELDS.admission_source_id),
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function bad(reason: BadRow['reason'], message: string): ParsedRow {
  return { ok: false, bad: { reason, field: null, message } };
}
