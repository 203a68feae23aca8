// One line of an encounter file to a typed row, or to the reason why it is none. Every column that a model reads is checked;
// one that none reads is kept where it says something, and sets no row aside.
import type { Dataset } from '../dataset/dataset.ts';
import { type CellColumn, CellReader, mappedWords, wordsOf } from './cells.ts';
import { agreedSystem, type CodeSystem } from './codes/systems.ts';
import type { CodingSystem } from './coding.ts';
import { type Encounter, encounterReader, type NamedField, sourceColumn } from './fields/index.ts';
import { MAX_LINE_BYTES } from './lines.ts';
import { DOSES, type Dose } from './medications.ts';
import type { BadRow } from './quarantine.ts';
import { splitCells } from './reading/cells.ts';
import { matchColumns } from './reading/columns.ts';
import { type Reading, standardReading } from './reading/reading.ts';

/** A row of the source after cleaning. `encounter` is exactly what a client would send for it. */
export interface CleanRow {
  readonly encounter_id: number;
  readonly patient_nbr: number;
  readonly encounter: Encounter;
  /** Weight class in pounds, such as "[75-100)". */
  readonly weight: string | null;
  readonly payer_code: string | null;
  /** In the order of the dataset's medications; null where the file does not tell. */
  readonly doses: readonly (Dose | null)[];
  /** The outcome, in the dataset's words. */
  readonly readmitted: string;
}

export type ParsedRow = { readonly ok: true; readonly row: CleanRow } | { readonly ok: false; readonly bad: BadRow };

/** Reads the lines of a dataset's files. */
export interface RowParser {
  /**
   * @param bytes the line as UTF-8, without its terminator
   * @param length its true length, where `bytes` is only its beginning
   */
  (bytes: Uint8Array, length?: number): ParsedRow;
  /** Whether a line begins with its encounter_id and a comma. */
  readonly startsWithId: boolean;
}

const DOSE = wordsOf<Dose>(DOSES);
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
 * Compiles how a file of a dataset is written into a parser of its lines; once is enough for a file.
 * @param reading how the file is written; the dataset's own form when absent
 */
export function rowParser(dataset: Dataset, reading: Reading = standardReading(dataset)): RowParser {
  const { outcome } = dataset;
  const { positions } = matchColumns(reading.columns, dataset);
  const column = (name: string): CellColumn => ({ name, index: positions.get(name) ?? -1 });
  const [encounterId, patient] = [column('encounter_id'), column('patient_nbr')];
  const [weight, payer, outcomeColumn] = [column('weight'), column('payer_code'), column(outcome.column)];
  const medications = dataset.medications.map(column);
  const labels = wordsOf(outcome.words, 'invalid_label');
  const diagnoses = dataset.fields
    .filter(({ kind }) => kind === 'diagnosis')
    .map((field) => column(sourceColumn(field)));
  // Codes of the same row say more than those of the file, which may be of both systems.
  const systemIn = (cells: CellReader) => agreedSystem(cells.raw(diagnoses)) ?? reading.coding ?? dataset.coding.name;
  const readEncounter = encounterReader(dataset.fields, (field) =>
    cellReader(field, column(sourceColumn(field)), dataset.coding, systemIn),
  );
  const width = reading.columns.length;
  const parse = (bytes: Uint8Array, length = bytes.length): ParsedRow => {
    if (length > MAX_LINE_BYTES)
      return bad('line_too_long', `the line has ${length} bytes, at most ${MAX_LINE_BYTES} fit`);
    const text = decode(bytes);
    if (text === null) return bad('invalid_utf8', 'the line is not UTF-8 text');
    const cells = splitCells(text, reading.separator);
    if (cells === null) return bad('invalid_quoting', 'a quoted field is not closed on its line');
    if (cells.length !== width) return bad('column_count', `the row has ${cells.length} columns, expected ${width}`);
    const read = new CellReader(cells);
    const row: CleanRow = {
      encounter_id: read.id(encounterId),
      patient_nbr: read.id(patient),
      encounter: readEncounter(read),
      weight: read.wordIfAny(weight, WEIGHTS),
      payer_code: read.textIfAny(payer, MAX_PAYER_CODE),
      doses: medications.map((medication) => read.wordIfAny(medication, DOSE)),
      readmitted: read.word(outcomeColumn, labels),
    };
    return read.problem === null ? { ok: true, row } : { ok: false, bad: read.problem };
  };
  return Object.assign(parse, { startsWithId: encounterId.index === 0 && reading.separator === ',' });
}

/** "None" is a word of its own for a test; files saved by other tools leave such cells empty. */
function cellReader(
  field: NamedField,
  at: CellColumn,
  coding: CodingSystem,
  systemIn: (cells: CellReader) => CodeSystem,
): (cells: CellReader) => unknown {
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
      return (cells) => cells.diagnosis(at, coding, () => systemIn(cells));
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
