// A batch in figures, column by column: what later batches are compared with when the data drifts.
import type { Dataset } from '../dataset/dataset.ts';
import { type TableColumn, tableColumns } from './columns.ts';
import type { CleanRow } from './rows.ts';

/** Categories keep their most frequent levels; the rest is counted under `other`. */
const TOP_LEVELS = 30;
const QUANTILES = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

export interface NumericProfile {
  readonly kind: 'numeric';
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  /** Values by the share of rows at or below them (nearest rank): "0.5" is the median. */
  readonly quantiles: Readonly<Record<string, number>>;
}

export interface CategoryProfile {
  readonly kind: 'category';
  readonly count: number;
  readonly missing: number;
  readonly distinct: number;
  /** Level and its rows, most frequent first, ties by name. */
  readonly levels: readonly (readonly [level: string, rows: number])[];
  /** Rows of the levels that are not listed. */
  readonly other: number;
}

export interface Profile {
  readonly rows: number;
  /** By column of the clean table; encounter_id and patient_nbr are left out, they are nobody's distribution. */
  readonly columns: Readonly<Record<string, NumericProfile | CategoryProfile>>;
}

/** Ids whose size says nothing. */
const isLabel = (column: TableColumn) => column.name.endsWith('_id');

export function profileRows(rows: readonly CleanRow[], dataset: Dataset): Profile {
  const profiled = tableColumns(dataset).filter((column) => column.type !== 'INT64');
  return {
    rows: rows.length,
    columns: Object.fromEntries(profiled.map((column) => [column.name, profileColumn(column, rows)])),
  };
}

function profileColumn(column: TableColumn, rows: readonly CleanRow[]): NumericProfile | CategoryProfile {
  const values = rows.map(column.value);
  const numeric = (column.type === 'INT32' || column.type === 'DOUBLE') && !isLabel(column);
  return numeric ? profileNumbers(values) : profileLevels(values);
}

function profileNumbers(values: readonly unknown[]): NumericProfile {
  const known = Float64Array.from(values.filter((value) => typeof value === 'number')).sort();
  const sum = known.reduce((total, value) => total + value, 0);
  const quantiles = known.length === 0 ? [] : QUANTILES.map((q) => [String(q), quantile(known, q)]);
  return {
    kind: 'numeric',
    count: values.length,
    missing: values.length - known.length,
    mean: known.length === 0 ? 0 : sum / known.length,
    quantiles: Object.fromEntries(quantiles),
  };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function profileLevels(values: readonly unknown[]): CategoryProfile {
  const counts = new Map<string, number>();
  let missing = 0;
  for (const value of values) {
    if (value === null) missing++;
    else counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const ordered = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const top = ordered.slice(0, TOP_LEVELS);
  const listed = top.reduce((total, [, n]) => total + n, 0);
  return {
    kind: 'category',
    count: values.length,
    missing,
    distinct: counts.size,
    levels: top,
    other: values.length - missing - listed,
  };
}
