// The coding system of a file's diagnoses, as far as codes tell that only one system could own.
import type { Dataset } from '../../dataset/dataset.ts';
import { type CodeSystem, formsOf } from '../codes/systems.ts';
import { sourceColumn } from '../fields/index.ts';
import { splitCells } from './cells.ts';
import { matchColumns } from './columns.ts';
import type { HeaderReading } from './header.ts';

/** The system that most of them have, the dataset's own when there are none or as many of each. */
export function codingOf(rows: readonly string[], { separator, columns }: HeaderReading, dataset: Dataset): CodeSystem {
  const { positions } = matchColumns(columns, dataset);
  const at = dataset.fields.flatMap((field) =>
    field.kind === 'diagnosis' ? (positions.get(sourceColumn(field)) ?? []) : [],
  );
  const found = { nine: 0, ten: 0 };
  for (const row of rows) {
    const cells = splitCells(row, separator) ?? [];
    for (const i of at) {
      const { nine, ten } = formsOf((cells[i] ?? '').trim().toUpperCase());
      if (nine !== null && ten === null) found.nine++;
      if (ten !== null && nine === null) found.ten++;
    }
  }
  if (found.nine === found.ten) return dataset.coding.name;
  return found.ten > found.nine ? 'ICD-10-CM' : 'ICD-9-CM';
}
