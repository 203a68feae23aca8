import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encounterSchema } from './contract.ts';
import { type Cells, encounterLine, encounterRow, parseRow } from './fixtures/encounter-line.ts';
import { MAX_LINE_BYTES } from './lines.ts';

const parse = (text: string) => parseRow(Buffer.from(text));
const problem = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? null : [parsed.bad.reason, parsed.bad.field];
};

test('a row holds the encounter as a client would send it', () => {
  const row = encounterRow();
  expect(encounterSchema.parse(row.encounter)).toEqual(row.encounter);
  expect(row).toMatchObject({
    encounter_id: 1001,
    patient_nbr: 77,
    weight: null,
    payer_code: 'MC',
    readmitted: '<30',
    encounter: { age_bucket: '[70-80)', a1c_result: '>8', change_med: true, diabetes_med: true, diag_3: 'V58' },
  });
  expect(row.doses).toHaveLength(23);
  expect(row.doses[0]).toBe('Steady');
});

test('"?" and an empty cell are missing values, "None" for a test means that it was not done', () => {
  for (const missing of ['?', '']) {
    const { encounter } = encounterRow({
      race: missing,
      diag_1: missing,
      medical_specialty: missing,
      A1Cresult: missing,
    });
    expect(encounter).toMatchObject({ race: 'Unknown', diag_1: null, medical_specialty: null, a1c_result: 'None' });
  }
});

test('quoted cells are read as RFC 4180 says', () => {
  const row = encounterRow({ race: '"Caucasian"', medical_specialty: '"Surgery, ""general"""', readmitted: '">30"' });
  expect(row.encounter).toMatchObject({ race: 'Caucasian', medical_specialty: 'Surgery, "general"' });
  expect(row.readmitted).toBe('>30');
});

const damages: readonly (readonly [Cells, string])[] = [
  [{ encounter_id: '' }, 'empty_id'],
  [{ patient_nbr: '?' }, 'empty_id'],
  [{ encounter_id: '12a' }, 'invalid_number'],
  [{ encounter_id: '0' }, 'out_of_range'],
  [{ patient_nbr: '99999999999999999999' }, 'out_of_range'],
  [{ num_medications: 'twelve' }, 'invalid_number'],
  [{ num_medications: '1.5' }, 'invalid_number'],
  [{ num_medications: '-3' }, 'out_of_range'],
  [{ num_lab_procedures: '5000' }, 'out_of_range'],
  [{ time_in_hospital: '15' }, 'out_of_range'],
  [{ number_inpatient: '?' }, 'missing_value'],
  [{ age: '[70-75)' }, 'unknown_age'],
  [{ gender: 'F' }, 'unknown_category'],
  [{ insulin: 'Maybe' }, 'unknown_category'],
  [{ diabetesMed: 'true' }, 'unknown_category'],
  [{ diag_2: '25O.01' }, 'invalid_diagnosis'],
  [{ medical_specialty: 'tab\there' }, 'invalid_text'],
  [{ readmitted: 'yes' }, 'invalid_label'],
];

test.each(damages)('%j is put aside as %s, naming the column', (cells, reason) => {
  expect(problem(encounterLine(cells))).toEqual([reason, Object.keys(cells)[0]]);
});

describe('a line that is no row', () => {
  test.each([
    [encounterLine().split(',').slice(1).join(','), 'column_count'],
    [`${encounterLine()},`, 'column_count'],
    ['', 'column_count'],
    [encounterLine({ race: '"Caucasian' }), 'invalid_quoting'],
    [encounterLine({ race: '"Cau"casian' }), 'invalid_quoting'],
  ])('%# has its reason', (text, reason) => {
    expect(problem(text)).toEqual([reason, null]);
  });

  test('bytes that are not UTF-8', () => {
    const bytes = Buffer.from(encounterLine());
    bytes[12] = 0xff;
    expect(parseRow(bytes)).toMatchObject({ ok: false, bad: { reason: 'invalid_utf8' } });
  });

  test('a line that was cut because it is too long', () => {
    const parsed = parseRow(Buffer.from(encounterLine()), MAX_LINE_BYTES + 1);
    expect(parsed).toMatchObject({ ok: false, bad: { reason: 'line_too_long' } });
  });
});

test('arbitrary bytes never break the parser, and text that does not parse has a reason', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(parseRow(bytes)).toMatchObject({ ok: false, bad: { message: expect.any(String) } });
    }),
  );
});

test('a row with any cell replaced is either a valid encounter or put aside', () => {
  const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('"', '""', '?', '-1', '428', 'None', '>30'));
  const cells = fc.dictionary(
    fc.constantFrom('race', 'age', 'diag_1', 'num_medications', 'readmitted', 'weight'),
    cell,
  );
  fc.assert(
    fc.property(cells, (replaced) => {
      const parsed = parse(encounterLine(replaced));
      if (parsed.ok) expect(encounterSchema.parse(parsed.row.encounter)).toEqual(parsed.row.encounter);
      else expect(parsed.bad.message).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
