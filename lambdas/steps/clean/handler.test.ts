import { describe, expect, it } from 'vitest';
import { HEADER_COLUMNS } from '../../core/encounter/header.ts';
import { splitOf } from '../../core/encounter/split.ts';
import type { RawManifest } from '../../core/run/manifest.ts';
import { sortRows } from './sort-rows.ts';

const VALUES: Readonly<Record<string, string>> = {
  race: 'Caucasian',
  gender: 'Female',
  age: '[70-80)',
  weight: '?',
  admission_type_id: '1',
  discharge_disposition_id: '1',
  admission_source_id: '7',
  time_in_hospital: '3',
  payer_code: '?',
  medical_specialty: '?',
  num_lab_procedures: '41',
  num_procedures: '0',
  num_medications: '11',
  number_outpatient: '0',
  number_emergency: '0',
  number_inpatient: '0',
  diag_1: '428',
  diag_2: '250.01',
  diag_3: '401',
  number_diagnoses: '6',
  max_glu_serum: 'None',
  A1Cresult: 'None',
  change: 'No',
  diabetesMed: 'Yes',
  readmitted: 'NO',
};

const rowOf = (values: Readonly<Record<string, string>>) =>
  HEADER_COLUMNS.map((column) => values[column] ?? VALUES[column] ?? 'No').join(',');
const partOf = (...rows: (string | Uint8Array)[]) =>
  Buffer.concat([HEADER_COLUMNS.join(','), ...rows].flatMap((row) => [Buffer.from(row), Buffer.from('\n')]));
const manifestOf = (rows: number, extra: Partial<RawManifest> = {}): RawManifest => ({
  batch_id: 2,
  dataset: { name: 'diabetes-130', synthetic: false },
  source_key: 'incoming/a.csv',
  source_sha256: 'x',
  first_line: 15_002,
  rows,
  duplicates: [],
  cut_lines: [],
  ...extra,
});

describe('sorting the rows of a batch', () => {
  it('puts every row somewhere: a split or quarantine', () => {
    const patients = Array.from({ length: 50 }, (_, i) => rowOf({ encounter_id: `${i}`, patient_nbr: `${i}` }));
    const bad = rowOf({ encounter_id: '99', patient_nbr: '99', age: '[70-81)' });
    const { bySplit, quarantined } = sortRows(partOf(...patients, bad), manifestOf(51), 'diabetes130-v1');
    const clean = [...bySplit.train, ...bySplit.validation, ...bySplit.test];
    expect(clean.length + quarantined.length).toBe(51);
    for (const split of ['train', 'validation', 'test'] as const) {
      for (const row of bySplit[split]) expect(splitOf(row.patient_nbr, 'diabetes130-v1')).toBe(split);
    }
  });

  it('names the line of the source, the reason, the column, and keeps the raw text', () => {
    const good = rowOf({ encounter_id: '1', patient_nbr: '5' });
    const bad = rowOf({ encounter_id: '2', patient_nbr: '5', num_medications: 'many' });
    const { quarantined } = sortRows(partOf(good, bad), manifestOf(2), 's');
    expect(quarantined).toEqual([
      expect.objectContaining({
        line: 15_003,
        reason: 'invalid_number',
        field: 'num_medications',
        raw: bad,
        encoding: 'utf8',
      }),
    ]);
  });

  it('keeps bytes that are not text as base64, to the last byte', () => {
    const bytes = Buffer.concat([Buffer.from(rowOf({ encounter_id: '1', patient_nbr: '5' })), Buffer.from([0xff])]);
    const { quarantined } = sortRows(partOf(bytes), manifestOf(1), 's');
    expect(quarantined[0]).toMatchObject({ reason: 'invalid_utf8', encoding: 'base64' });
    expect(Buffer.from(quarantined[0]?.raw ?? '', 'base64').equals(bytes)).toBe(true);
  });

  it('puts the second row of an encounter aside and names the batch of the first', () => {
    const row = rowOf({ encounter_id: '7', patient_nbr: '5' });
    const manifest = manifestOf(1, { duplicates: [{ line: 15_002, first_batch_id: 1 }] });
    const { quarantined } = sortRows(partOf(row), manifest, 's');
    expect(quarantined[0]).toMatchObject({ reason: 'duplicate_encounter_id', field: 'encounter_id', line: 15_002 });
    expect(quarantined[0]?.message).toContain('batch 1');
  });

  it('reads a batch as its file was read, and keeps a bad row in both forms', () => {
    const columns = ['', ...[...HEADER_COLUMNS].reverse()];
    const reading = { compression: 'none', encoding: 'utf-16le', separator: ';', header_line: 2, columns } as const;
    const lineOf = (values: Readonly<Record<string, string>>) => ['1', ...rowOf(values).split(',').reverse()].join(';');
    const bad = lineOf({ encounter_id: '8.0', patient_nbr: '5', age: 'old' });
    const part = Buffer.from(
      [columns.join(';'), lineOf({ encounter_id: '7.0', patient_nbr: '5' }), bad, ''].join('\n'),
    );
    const { bySplit, quarantined } = sortRows(part, manifestOf(2, { reading }), 's');
    expect(Object.values(bySplit).flat()).toMatchObject([{ encounter_id: 7, patient_nbr: 5 }]);
    expect(quarantined).toMatchObject([
      {
        line: 15_003,
        reason: 'unknown_age',
        raw: bad,
        standard: rowOf({ encounter_id: '8.0', patient_nbr: '5', age: 'old' }),
      },
    ]);
  });

  it('knows the true length of a line that Ingest cut', () => {
    const manifest = manifestOf(1, { cut_lines: [{ line: 15_002, bytes: 9_000_000 }] });
    const { quarantined } = sortRows(partOf('1,2,'.padEnd(65_536, 'x')), manifest, 's');
    expect(quarantined[0]).toMatchObject({ reason: 'line_too_long', line: 15_002 });
    expect(quarantined[0]?.message).toContain('9000000');
  });
});
