// One line of an encounter file to a typed row, or to the reason why it is none. Every column is checked.
import { type CellColumn, CellReader, mappedWords, splitCells, wordsOf } from './cells.ts';
import { type Encounter, encounterReader, type NamedField, sourceColumn } from './fields/index.ts';
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

const POSITIONS: ReadonlyMap<string, number> = new Map(HEADER_COLUMNS.map((column, i) => [column, i]));
const column = (name: string): CellColumn => ({ name, index: POSITIONS.get(name) ?? -1 });

const ENCOUNTER_ID = column('encounter_id');
const PATIENT_NBR = column('patient_nbr');
const WEIGHT = column('weight');
const PAYER_CODE = column('payer_code');
const READMITTED_COLUMN = column('readmitted');
const MEDICATION_COLUMNS = MEDICATIONS.map(column);
const DOSE = wordsOf(DOSES);
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
const MAY_BE_MISSING = { value: null };

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
    encounter_id: read.id(ENCOUNTER_ID),
    patient_nbr: read.id(PATIENT_NBR),
    encounter: readEncounter(read),
    weight: read.word(WEIGHT, WEIGHTS, MAY_BE_MISSING),
    payer_code: read.text(PAYER_CODE, MAX_PAYER_CODE),
    doses: MEDICATION_COLUMNS.map((medication) => read.word(medication, DOSE)),
    readmitted: read.word(READMITTED_COLUMN, LABELS),
  };
  return read.problem === null ? { ok: true, row } : { ok: false, bad: read.problem };
}

const readEncounter: (cells: CellReader) => Encounter = encounterReader(cellReader);

/** "None" is a word of its own for a test; files saved by other tools leave such cells empty. */
function cellReader(field: NamedField): (cells: CellReader) => unknown {
  const at = column(sourceColumn(field));
  switch (field.kind) {
    case 'choice': {
      const words = wordsOf(
        field.choices.map(({ value }) => value),
        field.source?.reason,
      );
      const missing = field.unknown === undefined ? undefined : { value: field.unknown };
      return (cells) => cells.word(at, words, missing);
    }
    case 'flag': {
      const words = mappedWords(Object.entries(field.source.words), field.source.reason);
      return (cells) => cells.word(at, words);
    }
    case 'count':
    case 'id':
      return (cells) => cells.count(at, field);
    case 'diagnosis':
      return (cells) => cells.diagnosis(at);
    case 'text':
      return (cells) => cells.text(at, field.maxLength);
  }
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
