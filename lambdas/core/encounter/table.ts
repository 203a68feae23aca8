// The clean table as Parquet: written from rows, read back as the encounters to train on.
import { type DecodedArray, parquetRead } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Dataset } from '../dataset/dataset.ts';
import { type TableColumn, tableColumns } from './columns.ts';
import type { Encounter } from './fields/index.ts';
import type { CleanRow } from './rows.ts';
import { type StoredColumns, storedEncounters, storedFlag, storedId } from './stored.ts';

/** What training reads of a clean table; all lists have one entry a row. */
export interface EncounterTable {
  readonly encounters: readonly Encounter[];
  /** 1 = readmitted within 30 days. */
  readonly labels: Uint8Array;
  /** patient_nbr of each row. */
  readonly groups: Float64Array;
  readonly encounterIds: Float64Array;
  /** 0 = death or hospice: no readmission to predict. */
  readonly eligible: Uint8Array;
}

/** A batch of the default size is one row group. */
const ROW_GROUP_ROWS = 50_000;

/** Snappy-compressed Parquet of the rows. The same rows give the same bytes. */
export function encodeTable(rows: readonly CleanRow[], dataset: Dataset): Uint8Array {
  const columnData = tableColumns(dataset).map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    data: rows.map((row) => stored(column, row)),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'SNAPPY', rowGroupSize: ROW_GROUP_ROWS }));
}

function stored(column: TableColumn, row: CleanRow): unknown {
  const value = column.value(row);
  return column.type === 'INT64' && typeof value === 'number' ? BigInt(value) : value;
}

const FACTS = ['encounter_id', 'patient_nbr', 'eligible', 'readmitted_30d'] as const;

/** Reads only the columns that training needs. @throws InvalidTableError if a value breaks the contract */
export async function decodeTable(bytes: Uint8Array, dataset: Pick<Dataset, 'fields'>): Promise<EncounterTable> {
  const wanted = [...dataset.fields.map((field) => field.name), ...FACTS];
  const file = {
    byteLength: bytes.byteLength,
    slice: (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const chunks = new Map<string, DecodedArray[]>(wanted.map((name) => [name, []]));
  await parquetRead({
    file,
    columns: wanted,
    onChunk: ({ columnName, columnData }) => chunks.get(columnName)?.push(columnData),
  });
  const columns: StoredColumns = new Map([...chunks].map(([name, parts]) => [name, joined(parts)]));
  const rows = Array.from({ length: columns.get('encounter_id')?.length ?? 0 }, (_, row) => row);
  const [id, patient] = [storedId(columns, 'encounter_id'), storedId(columns, 'patient_nbr')];
  const [eligible, label] = [storedFlag(columns, 'eligible'), storedFlag(columns, 'readmitted_30d')];
  return {
    encounters: rows.map(storedEncounters(columns, dataset)),
    labels: Uint8Array.from(rows, (row) => Number(label(row))),
    groups: Float64Array.from(rows, patient),
    encounterIds: Float64Array.from(rows, id),
    eligible: Uint8Array.from(rows, (row) => Number(eligible(row))),
  };
}

/** Chunks of a column come in the order of the file's row groups. */
function joined(parts: readonly DecodedArray[]): ArrayLike<unknown> {
  return parts.length === 1 ? parts[0] : parts.flatMap((part) => Array.from<unknown>(part));
}
