// Made-up encounter files in the forms that people have: order, separator, quotes, encoding, word for a missing value.
import type { Encoding, Separator } from './reading.ts';

export interface Form {
  readonly separator: Separator;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly quotes: 'none' | 'needed' | 'text' | 'all';
  readonly missing: string;
  readonly end: '\n' | '\r\n';
  /** Order of the columns: a permutation of their numbers. */
  readonly order: readonly number[];
}

/** @param rows cells by row; null for a missing value */
export function encounterFile(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  form: Form,
): Uint8Array {
  const { separator, end, order, missing } = form;
  const lines = [columns, ...rows].map((cells) =>
    order.map((i) => quoted(cells[i] ?? missing, cells[i] === null, form)).join(separator),
  );
  return encode(lines.map((line) => `${line}${end}`).join(''), form);
}

function quoted(cell: string, isMissing: boolean, { quotes, separator }: Form): string {
  const needed = cell.includes(separator) || cell.includes('"');
  const wanted = quotes === 'all' || (quotes === 'text' && !isMissing && !/^[\d.]*$/.test(cell));
  return needed || wanted ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Text of characters that the encoding has. */
export function encode(text: string, { encoding, bom }: Pick<Form, 'encoding' | 'bom'>): Uint8Array {
  const marked = bom && encoding !== 'windows-1252' ? `\uFEFF${text}` : text;
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(marked);
    case 'windows-1252':
      return Buffer.from(marked, 'latin1');
    case 'utf-16le':
      return Buffer.from(marked, 'utf16le');
    case 'utf-16be':
      return Buffer.from(marked, 'utf16le').swap16();
  }
}
