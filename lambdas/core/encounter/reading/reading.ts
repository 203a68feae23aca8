// How a file is written: what is found once when it comes in, recorded with its batches, and used by all who read them.
import * as z from 'zod';
import type { Dataset } from '../../dataset/dataset.ts';
import { CODE_SYSTEMS } from '../codes/systems.ts';
import { matchColumns } from './columns.ts';

export const COMPRESSIONS = ['none', 'gzip', 'zip'] as const;
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const SEPARATORS = [',', ';', '\t', '|'] as const;

export const readingSchema = z.object({
  compression: z.enum(COMPRESSIONS),
  encoding: z.enum(ENCODINGS),
  separator: z.enum(SEPARATORS),
  /** Line of the header: 2 after a spreadsheet's `sep=` line. */
  header_line: z.number().int().min(1),
  /** Names of the cells of a row in order; "" for row numbers that the header does not name. */
  columns: z.array(z.string()).readonly(),
  /** Of diagnosis codes that two systems could own; the dataset's own when absent. */
  coding: z.enum(CODE_SYSTEMS).optional(),
});
export type Reading = Readonly<z.infer<typeof readingSchema>>;
export type Encoding = Reading['encoding'];
export type Compression = Reading['compression'];
export type Separator = Reading['separator'];

/** Files of the dataset's own form: comma-separated UTF-8 with its columns in order. */
export function standardReading({ columns }: Pick<Dataset, 'columns'>): Reading {
  return { compression: 'none', encoding: 'utf-8', separator: ',', header_line: 1, columns };
}

/** Whether the bytes of a row, as they are stored, say the same as they would in a file of the standard form. */
export function hasStandardRows(reading: Reading, { columns, coding }: Pick<Dataset, 'columns' | 'coding'>): boolean {
  return (
    reading.separator === ',' &&
    (reading.coding === undefined || reading.coding === coding.name) &&
    reading.columns.length === columns.length &&
    columns.every((column, i) => reading.columns[i] === column)
  );
}

const SEPARATOR_WORDS: Readonly<Record<Separator, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};
const ENCODING_WORDS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Latin-1',
};

/** For people: "semicolon-separated UTF-16, gzip; columns in another order; ignored columns: ward". */
export function describeReading(reading: Reading, dataset: Dataset): string {
  const { compression, separator, encoding, header_line } = reading;
  const { order, extra, index, absent } = matchColumns(reading.columns, dataset);
  const form = `${SEPARATOR_WORDS[separator]}-separated ${ENCODING_WORDS[encoding]}`;
  const inOrder = order.every((position, i) => i === 0 || position > order[i - 1]);
  return [
    compression === 'none' ? form : `${form}, ${compression}`,
    ...(header_line > 1 ? ['a sep= line'] : []),
    ...(reading.coding === undefined || reading.coding === dataset.coding.name
      ? []
      : [`E and V codes as ${reading.coding}, as most others are`]),
    ...(inOrder ? [] : ['columns in another order']),
    ...(index ? ['an index column, not read'] : []),
    ...(extra.length > 0 ? [`ignored columns: ${named(extra)}`] : []),
    ...(absent.length > 0 ? [`without ${named(absent)}, which no model reads`] : []),
  ].join('; ');
}

const SHOWN = 12;

/** Names for a sentence; of many the first ones. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => JSON.stringify(name.slice(0, 60)).slice(1, -1));
  return names.length > SHOWN ? `${shown.join(', ')} and ${names.length - SHOWN} more` : shown.join(', ');
}
