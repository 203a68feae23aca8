// The header of a file: which separator it has, where it stands, and what its columns are.
import type { Dataset } from '../../dataset/dataset.ts';
import { splitCells } from './cells.ts';
import { type ColumnMatch, matchColumns } from './columns.ts';
import { HeaderMismatchError } from './errors.ts';
import { named, type Reading, SEPARATORS, type Separator } from './reading.ts';

export type HeaderReading = Pick<Reading, 'separator' | 'header_line' | 'columns'>;

const SEP_LINE = /^"?sep=(.)"?\s*$/i;
const isSeparator = (text: string | undefined): text is Separator => SEPARATORS.some((separator) => separator === text);

/**
 * @param lines the first three lines of the file: a `sep=` line, the header and a row, as far as they are there
 * @throws HeaderMismatchError when a column that is needed is not there, or twice
 */
export function readHeader(lines: readonly string[], dataset: Dataset): HeaderReading {
  const said = SEP_LINE.exec(lines[0] ?? '')?.[1];
  const skipped = said === undefined ? 0 : 1;
  const text = (lines[skipped] ?? '').replace(/^\uFEFF/, '').replace(/\r$/, '');
  const header_line = skipped + 1;
  const separator = isSeparator(said) ? said : likeliest(text, dataset);
  const names = (splitCells(text, separator) ?? text.split(separator)).map((name) => name.trim());
  checkColumns(matchColumns(names, dataset), names, header_line);
  const row = lines[skipped + 1];
  const unnamed = row !== undefined && splitCells(row.replace(/\r$/, ''), separator)?.length === names.length + 1;
  // R's write.table puts row names before the rows and nothing above them.
  const columns = unnamed && row !== undefined && startsWithRowName(row, separator) ? ['', ...names] : names;
  return { separator, header_line, columns };
}

/** The one by which most of the columns are found. */
function likeliest(text: string, dataset: Dataset): Separator {
  const found = SEPARATORS.map((separator) => {
    const names = splitCells(text, separator) ?? text.split(separator);
    return { separator, columns: matchColumns(names, dataset).positions.size };
  });
  return found.reduce((best, next) => (next.columns > best.columns ? next : best)).separator;
}

const startsWithRowName = (row: string, separator: Separator) => /^"?1"?$/.test(splitCells(row, separator)?.[0] ?? '');

function checkColumns({ missing, ambiguous, positions }: ColumnMatch, names: readonly string[], line: number): void {
  if (positions.size === 0) {
    const given = `${count(names.length, 'column')} (${named(names)})`;
    throw new HeaderMismatchError(
      `line ${line} is no header of an encounter file: it has ${given}, none of them known; put the names of the columns there`,
    );
  }
  if (ambiguous.length > 0) {
    throw new HeaderMismatchError(
      `line ${line} names ${ambiguous.length === 1 ? 'a column' : 'columns'} more than once (${named(ambiguous)}): rename or remove all but one`,
    );
  }
  if (missing.length > 0) {
    const them = missing.length === 1 ? 'it' : 'them';
    throw new HeaderMismatchError(
      `line ${line} lacks ${count(missing.length, 'column')} of the encounters (${named(missing)}): add or rename ${them}`,
    );
  }
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
