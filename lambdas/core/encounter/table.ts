// The clean table as Parquet: written from rows, read back as the encounters to train on.
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { z } from 'zod';
import { TABLE_COLUMNS, type TableColumn } from './columns.ts';
import { type Encounter, encounterSchema, FIELD_LIST } from './contract.ts';
import type { CleanRow } from './rows.ts';

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

/** Snappy-compressed Parquet of the rows. The same rows give the same bytes. */
export function encodeTable(rows: readonly CleanRow[]): Uint8Array {
  const columnData = TABLE_COLUMNS.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    data: rows.map((row) => stored(column, row)),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'SNAPPY', rowGroupSize: 100_000 }));
}

function stored(column: TableColumn, row: CleanRow): unknown {
  const value = column.value(row);
  return column.type === 'INT64' && typeof value === 'number' ? BigInt(value) : value;
}

const factsSchema = z.object({
  encounter_id: z.bigint().transform(Number),
  patient_nbr: z.bigint().transform(Number),
  eligible: z.boolean(),
  readmitted_30d: z.boolean(),
});

const READ_COLUMNS = [...FIELD_LIST.map((field) => field.name), ...Object.keys(factsSchema.shape)];

/** Reads only the columns that training needs. @throws ZodError if a value breaks the contract */
export async function decodeTable(bytes: Uint8Array): Promise<EncounterTable> {
  const file = {
    byteLength: bytes.byteLength,
    slice: (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const rows = await parquetReadObjects({ file, columns: READ_COLUMNS });
  const facts = rows.map((row) => factsSchema.parse(row));
  return {
    encounters: rows.map((row) => encounterSchema.parse(row)),
    labels: Uint8Array.from(facts, (row) => Number(row.readmitted_30d)),
    groups: Float64Array.from(facts, (row) => row.patient_nbr),
    encounterIds: Float64Array.from(facts, (row) => row.encounter_id),
    eligible: Uint8Array.from(facts, (row) => Number(row.eligible)),
  };
}
