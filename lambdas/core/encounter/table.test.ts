import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { type Cells, encounterRow } from './fixtures/encounter-line.ts';
import type { CleanRow } from './rows.ts';
import { InvalidTableError } from './stored.ts';
import * as table from './table.ts';

const encodeTable = (rows: readonly CleanRow[]) => table.encodeTable(rows, DIABETES_130);
const decodeTable = (bytes: Uint8Array) => table.decodeTable(bytes, DIABETES_130);

const DIED: Cells = { discharge_disposition_id: '11', readmitted: 'NO', encounter_id: '1002', patient_nbr: '78' };
const SPARSE: Cells = { race: '?', diag_1: '?', diag_2: '?', diag_3: '?', medical_specialty: '?', payer_code: '?' };

test('encounters come back exactly as they were', async () => {
  const rows = [encounterRow(), encounterRow(DIED), encounterRow({ ...SPARSE, encounter_id: '443867222' })];
  const read = await decodeTable(encodeTable(rows));
  expect(read.encounters).toEqual(rows.map((row) => row.encounter));
  expect([...read.labels]).toEqual([1, 0, 1]);
  expect([...read.eligible]).toEqual([1, 0, 1]);
  expect([...read.groups]).toEqual([77, 78, 77]);
  expect([...read.encounterIds]).toEqual([1001, 1002, 443867222]);
});

test('the same rows give the same bytes', () => {
  const rows = () => [encounterRow(), encounterRow(DIED)];
  expect(Buffer.compare(encodeTable(rows()), encodeTable(rows()))).toBe(0);
});

test('a table may be empty: a small batch has no patient on some side of the split', async () => {
  expect(await decodeTable(encodeTable([]))).toMatchObject({ encounters: [], labels: new Uint8Array() });
});

test('more rows than a row group holds keep their order', async () => {
  const rows = Array.from({ length: 50_001 }, (_, i) => ({ ...encounterRow(), encounter_id: i + 1 }));
  const { encounterIds } = await decodeTable(encodeTable(rows));
  expect(encounterIds.length).toBe(50_001);
  expect(encounterIds.every((id, i) => id === i + 1)).toBe(true);
});

describe('the stored table', () => {
  test('holds source and derived columns with their types and nulls', async () => {
    const bytes = encodeTable([encounterRow({ race: '?' })]);
    const file = new Uint8Array(bytes).buffer;
    const [row] = await parquetReadObjects({ file });
    expect(row).toMatchObject({
      encounter_id: 1001n,
      race: null,
      a1c_result: '>8',
      max_glu_serum: 'None',
      change_med: true,
      metformin: 'Steady',
      glyburide_metformin: 'No',
      weight: null,
      age_mid: 75,
      prior_visits: 6,
      acute_visits: 5,
      meds_per_day: 4,
      n_diabetes_meds: 2,
      n_meds_up: 1,
      diag_1_group: 'circulatory',
      diag_2_group: 'diabetes',
      eligible: true,
      readmitted: '<30',
      readmitted_30d: true,
    });
  });

  test('is compressed with snappy', () => {
    const metadata = parquetMetadata(new Uint8Array(encodeTable([encounterRow()])).buffer);
    expect(metadata.row_groups[0].columns[0].meta_data?.codec).toBe('SNAPPY');
  });
});

test('a value that breaks the contract is refused, naming its column', async () => {
  const row = encounterRow();
  const bytes = encodeTable([{ ...row, encounter: { ...row.encounter, time_in_hospital: 99 } }]);
  await expect(decodeTable(bytes)).rejects.toThrow(
    new InvalidTableError('row 0 of column time_in_hospital is 99, which the contract does not know'),
  );
});
