// One line of an encounter file to a typed row, or to the reason why it is none. Every column is checked.
import type { Dataset } from '../dataset/dataset.ts';
import { type CellColumn, CellReader, mappedWords, splitCells, wordsOf } from './cells.ts';
import type { CodingSystem } from './coding.ts';
import { type Encounter, encounterReader, type NamedField, sourceColumn } from './fields/index.ts';
import { MAX_LINE_BYTES } from './lines.ts';
import { DOSES, type Dose } from './medications.ts';
import type { BadRow } from './quarantine.ts';

/** A row of the source after cleaning. `encounter` is exactly what a client would send for it. */
export interface CleanRow {
  readonly encounter_id: number;
  readonly patient_nbr: number;
  readonly encounter: Encounter;
  /** Weight class in pounds, such as "[75-100)". */
  readonly weight: string | null;
  readonly payer_code: string | null;
  /** In the order of the dataset's medications. */
  readonly doses: readonly Dose[];
  /** The outcome, in the dataset's words. */
  readonly readmitted: string;
}

export type ParsedRow = { readonly ok: true; readonly row: CleanRow } | { readonly ok: false; readonly bad: BadRow };

/**
 * Reads one line of a dataset's files.
 * @param bytes the line without its terminator
 * @param length its true length, where `bytes` is only its beginning
 */
export type RowParser = (bytes: Uint8Array, length?: number) => ParsedRow;

const DOSE = wordsOf(DOSES);
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

/** Compiles how a dataset's files are written into a parser of their lines; once is enough for a file. */
export function rowParser(dataset: Dataset): RowParser {
  const { columns, outcome } = dataset;
  const positions = new Map(columns.map((name, index) => [name, index]));
  const column = (name: string): CellColumn => ({ name, index: positions.get(name) ?? -1 });
  const [encounterId, patient] = [column('encounter_id'), column('patient_nbr')];
  const [weight, payer, outcomeColumn] = [column('weight'), column('payer_code'), column(outcome.column)];
  const medications = dataset.medications.map(column);
  const labels = wordsOf(outcome.words, 'invalid_label');
  const readEncounter = encounterReader(dataset.fields, (field) =>
    cellReader(field, column(sourceColumn(field)), dataset.coding),
  );
  return (bytes, length = bytes.length) => {
    if (length > MAX_LINE_BYTES)
      return bad('line_too_long', `the line has ${length} bytes, at most ${MAX_LINE_BYTES} fit`);
    const text = decode(bytes);
    if (text === null) return bad('invalid_utf8', 'the line is not UTF-8 text');
    const cells = splitCells(text);
    if (cells === null) return bad('invalid_quoting', 'a quoted field is not closed on its line');
    if (cells.length !== columns.length) {
      return bad('column_count', `the row has ${cells.length} columns, expected ${columns.length}`);
    }
    const read = new CellReader(cells);
    const row: CleanRow = {
      encounter_id: read.id(encounterId),
      patient_nbr: read.id(patient),
      encounter: readEncounter(read),
      weight: read.word(weight, WEIGHTS, MAY_BE_MISSING),
      payer_code: read.text(payer, MAX_PAYER_CODE),
      doses: medications.map((medication) => read.word(medication, DOSE)),
      readmitted: read.word(outcomeColumn, labels),
    };
    return read.problem === null ? { ok: true, row } : { ok: false, bad: read.problem };
  };
}

/** "None" is a word of its own for a test; files saved by other tools leave such cells empty. */
function cellReader(field: NamedField, at: CellColumn, coding: CodingSystem): (cells: CellReader) => unknown {
  switch (field.kind) {
    case 'choice': {
      const words = field.source?.words;
      const own = field.choices.map(({ value }) => value);
      const known = words === undefined ? wordsOf(own, field.source?.reason) : mappedWords(Object.entries(words));
      const missing = field.unknown === undefined ? undefined : { value: field.unknown };
      return (cells) => cells.word<string | boolean, string>(at, known, missing);
    }
    case 'flag': {
      const words = mappedWords(Object.entries(field.source.words), field.source.reason);
      return (cells) => cells.word(at, words);
    }
    case 'count':
    case 'id':
      return (cells) => cells.count(at, field);
    case 'diagnosis':
      return (cells) => cells.diagnosis(at, coding);
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
