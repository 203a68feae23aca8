// A line of any file as the dataset's own form would have it: comma-separated, its columns in order.
import type { Dataset } from '../../dataset/dataset.ts';
import { splitCells } from './cells.ts';
import { matchColumns } from './columns.ts';
import { hasStandardRows, type Reading } from './reading.ts';

/** Null for a line that has that form, and for one without a cell for each column. */
export function standardLine(line: string, reading: Reading, dataset: Dataset): string | null {
  if (hasStandardRows(reading, dataset)) return null;
  const cells = splitCells(line, reading.separator);
  if (cells?.length !== reading.columns.length) return null;
  const { positions } = matchColumns(reading.columns, dataset);
  return dataset.columns.map((column) => quoted(cells[positions.get(column) ?? -1] ?? '')).join(',');
}

const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
