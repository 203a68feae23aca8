import { describe, expect, test } from 'vitest';
import { SAMPLE } from '../../lambdas/core/dataset/sample.ts';
import { cutLinesOf } from '../../lambdas/core/encounter/lines.ts';
import { type CleanRow, rowParser } from '../../lambdas/core/encounter/rows.ts';
import { sampleChunks } from './generate.ts';

const text = (rows: number, seed: number) => [...sampleChunks({ rows, seed })].join('');

function rowsOf(content: string): CleanRow[] {
  const [header, ...lines] = cutLinesOf(Buffer.from(content));
  expect(Buffer.from(header.bytes).toString()).toBe(SAMPLE.columns.join(','));
  return lines.map((line) => {
    const parsed = rowParser(SAMPLE)(line.bytes);
    if (!parsed.ok) throw new Error(`line ${line.line}: ${parsed.bad.message}`);
    return parsed.row;
  });
}

const share = <T>(items: readonly T[], test: (item: T) => boolean) => items.filter(test).length / items.length;

test('the same seed gives the same file, another seed another one', () => {
  expect(text(500, 7)).toBe(text(500, 7));
  expect(text(500, 7)).not.toBe(text(500, 8));
});

test('a file has as many rows as were asked for', () => {
  for (const rows of [0, 1, 256, 257]) expect(rowsOf(text(rows, 1))).toHaveLength(rows);
});

describe('a sample of 20,000 rows', () => {
  const content = text(20_000, 1);
  const rows = rowsOf(content);

  test('is written as the real file is: CRLF, "?" for what is missing, no quotes', () => {
    expect(content.endsWith('\r\n')).toBe(true);
    expect(content).toContain(',?,');
    expect(content).not.toContain('"');
  });

  test('has unique and increasing encounter ids', () => {
    expect(rows.every((row, i) => i === 0 || row.encounter_id > rows[i - 1].encounter_id)).toBe(true);
  });

  test('has about as many early readmissions, missing values and returning patients as the real data', () => {
    expect(share(rows, (row) => row.readmitted === '<30')).toBeCloseTo(0.112, 1);
    expect(share(rows, (row) => row.encounter.medical_specialty === null)).toBeCloseTo(0.49, 1);
    expect(share(rows, (row) => row.encounter.a1c_result === 'None')).toBeCloseTo(0.83, 1);
    expect(new Set(rows.map((row) => row.patient_nbr)).size / rows.length).toBeCloseTo(0.7, 1);
  });

  test('tells who is at risk: patients with many earlier stays are readmitted far more often', () => {
    const often = rows.filter((row) => row.encounter.number_inpatient >= 3);
    const never = rows.filter((row) => row.encounter.number_inpatient === 0);
    const early = (row: CleanRow) => row.readmitted === '<30';
    expect(share(often, early)).toBeGreaterThan(2 * share(never, early));
  });

  test('has nobody readmitted after death', () => {
    const died = rows.filter((row) => row.encounter.discharge_disposition_id === 11);
    expect(died.length).toBeGreaterThan(100);
    expect(died.every((row) => row.readmitted === 'NO')).toBe(true);
  });

  test('keeps race and gender of a patient', () => {
    const races = new Map<number, Set<string>>();
    for (const { patient_nbr, encounter } of rows) {
      races.set(patient_nbr, (races.get(patient_nbr) ?? new Set()).add(`${encounter.race} ${encounter.gender}`));
    }
    expect([...races.values()].every((seen) => seen.size === 1)).toBe(true);
  });
});
