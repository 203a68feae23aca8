import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DIABETES_130 } from '../../dataset/diabetes-130/index.ts';
import { encounterIdOf } from '../claims/encounter-id.ts';
import { EXAMPLE_CELLS } from '../fixtures/row.ts';
import { HEADER_COLUMNS } from '../header.ts';
import { type CleanRow, rowParser } from '../rows.ts';
import { describeFile, linesOfFile } from './file.ts';
import { encode, encounterFile, type Form } from './fixtures.ts';
import { COMPRESSIONS, type Compression, describeReading, ENCODINGS, SEPARATORS } from './reading.ts';

const STANDARD: Form = {
  separator: ',',
  encoding: 'utf-8',
  bom: false,
  quotes: 'none',
  missing: '?',
  end: '\n',
  order: HEADER_COLUMNS.map((_, i) => i),
};

const PACKED: Readonly<Record<Compression, (bytes: Uint8Array) => Uint8Array>> = {
  none: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  zip: (bytes) => zipSync({ 'encounters.csv': bytes }),
};

/** Served in pieces of odd sizes, as a network does. */
const opened = (bytes: Uint8Array) =>
  async function* open(offset: number) {
    for (let at = offset; at < bytes.length; at += 1013) yield bytes.subarray(at, at + 1013);
  };

async function read(bytes: Uint8Array) {
  const described = await describeFile(opened(bytes), DIABETES_130);
  if (described === null) throw new Error('the file is empty');
  const parse = rowParser(DIABETES_130, described.reading);
  const rows: CleanRow[] = [];
  const bad: string[] = [];
  for await (const line of linesOfFile(opened(bytes), described.reading, described.rows)) {
    const parsed = parse(line.bytes, line.length);
    if (parsed.ok) rows.push(parsed.row);
    else bad.push(`${line.line}: ${parsed.bad.message}`);
    if (parsed.ok) expect(encounterIdOf(line, parse)).toBe(parsed.row.encounter_id);
  }
  return { rows, bad, said: describeReading(described.reading, DIABETES_130) };
}

/** Rows of cells in the order of the header, each with some of them replaced. */
const cellsOf = (...rows: Readonly<Record<string, string | null>>[]) =>
  rows.map((replaced, i) =>
    HEADER_COLUMNS.map((column) => {
      if (column in replaced) return replaced[column] ?? null;
      const cell = column === 'encounter_id' ? String(1001 + i) : EXAMPLE_CELLS[column];
      return cell === '?' ? null : cell;
    }),
  );
const ROWS = cellsOf(
  {},
  { readmitted: '>30', medical_specialty: 'Cardiolog\u00eda, "general"; cl\u00ednica|\tx', diag_2: null },
  { readmitted: '<30', age: '[0-10)', race: null, A1Cresult: '>8', change: 'Ch' },
  { insulin: 'Up', weight: '[75-100)', payer_code: 'MC', diag_1: 'V58', diag_3: 'E885' },
);
const fileOf = (form: Partial<Form>, rows = ROWS) => encounterFile(HEADER_COLUMNS, rows, { ...STANDARD, ...form });
const TIDY = ROWS.map((cells) =>
  cells.map((cell) => (cell?.startsWith('Cardiolog') ? 'Cardiolog\u00eda, general' : cell)),
);
const lines = (text: string) => encode(text, STANDARD);

describe('a file', () => {
  it('gives the same rows in any order of columns, separator, quoting, encoding, compression and word for missing', async () => {
    const expected = await read(fileOf({ quotes: 'all' }, TIDY));
    expect(expected).toMatchObject({ bad: [], said: 'comma-separated UTF-8' });
    expect(expected.rows).toHaveLength(4);
    const form = fc.record<Form>({
      separator: fc.constantFrom(...SEPARATORS),
      encoding: fc.constantFrom(...ENCODINGS),
      bom: fc.boolean(),
      quotes: fc.constantFrom('needed', 'text', 'all'),
      missing: fc.constantFrom('', '?', 'NA', 'NaN', 'NULL', 'nan', 'null', ' ', '#N/A'),
      end: fc.constantFrom('\n', '\r\n'),
      order: fc.shuffledSubarray([...STANDARD.order], { minLength: STANDARD.order.length }),
    });
    await fc.assert(
      fc.asyncProperty(form, fc.constantFrom(...COMPRESSIONS), async (written, compression) => {
        const bytes = fileOf(written, TIDY);
        const { rows, bad } = await read(PACKED[compression](bytes));
        expect(bad).toEqual([]);
        expect(rows).toEqual(expected.rows);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['label words in another case', { readmitted: 'No' }, { readmitted: 'NO' }],
    ['blanks around cells', { readmitted: ' >30 ', race: 'Asian ', diag_1: ' 428 ' }, { race: 'Asian', diag_1: '428' }],
    [
      'numbers as 1.0',
      { time_in_hospital: '3.0', patient_nbr: '77.0', admission_type_id: '1.' },
      { time_in_hospital: 3 },
    ],
    ['numbers as 1,0', { num_medications: '11,0' }, { num_medications: 11 }],
    ['ages without brackets', { age: '0-10' }, { age_bucket: '[0-10)' }],
    ['"None" where it means not tested', { A1Cresult: 'None' }, { a1c_result: 'None' }],
    [
      '"None" where it means missing',
      { medical_specialty: 'None', race: 'None' },
      { medical_specialty: null, race: 'Unknown' },
    ],
    [
      'words in any case',
      { gender: 'FEMALE', insulin: 'steady', diabetesMed: 'YES' },
      { insulin: 'Steady', diabetes_med: true },
    ],
  ])('with %s is read', async (_, cells, expected) => {
    const { rows, bad } = await read(fileOf({ separator: ';' }, cellsOf(cells)));
    expect(bad).toEqual([]);
    expect({ ...rows[0], ...rows[0]?.encounter }).toMatchObject(expected);
  });

  it('gives an id of 1.0 or within blanks or quotes as the number that it is', async () => {
    for (const quotes of ['none', 'all'] as const) {
      const { rows } = await read(
        fileOf({ quotes }, cellsOf({ encounter_id: '7.0' }, { encounter_id: ' 7 ' }, { encounter_id: '7' })),
      );
      expect(rows.map(({ encounter_id }) => encounter_id)).toEqual([7, 7, 7]);
    }
  });

  it('keeps a row whose columns that no model reads hold anything', async () => {
    const [cells] = cellsOf({ weight: '80 kg', payer_code: 'a very long payer', metformin: 'NA', examide: 'maybe' });
    const { rows, bad } = await read(fileOf({}, [cells]));
    expect(bad).toEqual([]);
    expect(rows[0]).toMatchObject({ weight: null, payer_code: null, doses: expect.arrayContaining([null]) });
  });

  it('is told in words, with what was left out', async () => {
    expect((await read(fileOf({ separator: '\t', encoding: 'utf-16le', bom: true }, TIDY.slice(0, 1)))).said).toBe(
      'tab-separated UTF-16',
    );
    expect((await read(gzipSync(fileOf({ separator: ';' })))).said).toBe('semicolon-separated UTF-8, gzip');
    expect((await read(fileOf({ encoding: 'windows-1252', quotes: 'all' }, TIDY))).said).toBe(
      'comma-separated Latin-1',
    );
    const order = [1, 0, ...STANDARD.order.slice(2)];
    expect((await read(fileOf({ order }))).said).toBe('comma-separated UTF-8; columns in another order');
  });

  it('may have more columns, an index, a sep= line, and lack what no model reads', async () => {
    const [cells] = cellsOf({});
    const names = HEADER_COLUMNS.filter((name) => name !== 'weight' && name !== 'examide');
    const kept = cells.filter((_, i) => !['weight', 'examide'].includes(HEADER_COLUMNS[i])).map((cell) => cell ?? '');
    const text = `sep=;\r\nUnnamed: 0;${names.join(';')};ward\r\n0;${kept.join(';')};B2\r\n0;too;few\r\n`;
    const { rows, bad, said } = await read(lines(text));
    expect(rows).toHaveLength(1);
    expect(bad).toEqual(['4: the row has 3 columns, expected 50']);
    expect(said).toBe(
      'semicolon-separated UTF-8; a sep= line; an index column, not read; ignored columns: ward; without weight, examide, which no model reads',
    );
  });

  it('may have row names above which nothing stands, and names as R and the API write them', async () => {
    const [cells] = cellsOf({});
    const names = HEADER_COLUMNS.map((name) => `"${name === 'age' ? 'age_bucket' : name.replaceAll('-', '.')}"`);
    const { rows, said } = await read(
      lines(`${names.join('\t')}\n"1"\t${cells.map((cell) => cell ?? 'NA').join('\t')}\n`),
    );
    expect(rows).toHaveLength(1);
    expect(said).toBe('tab-separated UTF-8; an index column, not read');
  });

  it('of ICD-10 codes is told by them, and so are its E and V codes, dotted or not; a mixed file works row by row', async () => {
    const codes = (...rows: string[]) => cellsOf(...rows.map((diag_1) => ({ diag_1, diag_2: null, diag_3: null })));
    const ten = await read(fileOf({}, codes('E119', 'e78.5', 'I10', 'E885')));
    expect(ten.said).toBe('comma-separated UTF-8; E and V codes as ICD-10-CM, as most others are');
    expect(ten.rows.map(({ encounter }) => encounter.diag_1)).toEqual(['E11.9', 'E78.5', 'I10', 'E88.5']);
    const nine = await read(fileOf({}, codes('25000', '4280', '428', 'E885')));
    expect(nine.said).toBe('comma-separated UTF-8');
    expect(nine.rows.map(({ encounter }) => encounter.diag_1)).toEqual(['250.00', '428.0', '428', 'E885']);
    const mixed = cellsOf({ diag_1: '428', diag_2: 'E885' }, { diag_1: 'I50.9', diag_2: 'E885', diag_3: null });
    expect((await read(fileOf({}, mixed))).rows.map(({ encounter }) => encounter.diag_2)).toEqual(['E885', 'E88.5']);
  });

  it('of UTF-8 with a damaged line stays UTF-8, and the line is set aside', async () => {
    const damaged = Buffer.concat([fileOf({ quotes: 'all' }, TIDY), Buffer.of(0xc3, 0x28, 10)]);
    expect(await read(damaged)).toMatchObject({
      said: 'comma-separated UTF-8',
      bad: ['6: the line is not UTF-8 text'],
    });
    const ascii = Buffer.concat([fileOf({}, cellsOf({}, {})), Buffer.of(0xc3, 0x28, 10)]);
    expect((await read(ascii)).said).toBe('comma-separated UTF-8');
  });
});

describe('a file that is none', () => {
  it.each([
    ['has no known column', 'a;b\n1;2\n', /^line 1 is no header of an encounter file.*put the names/],
    [
      'lacks columns',
      `${HEADER_COLUMNS.join(',').replace('race', 'ward').replace(',readmitted', '')}\n`,
      /^line 1 lacks 2 columns .*\(race, readmitted\): add or rename them$/,
    ],
    [
      'names a column twice',
      `${HEADER_COLUMNS.join(',')},race\n`,
      /^line 1 names a column more than once \(race\): rename or remove/,
    ],
    ['is a workbook of old', '\u00d0\u00cf\u0011\u00e0\u0000\u0000', /Excel 97-2003 workbook.*save the sheet as CSV$/],
    ['holds zeros', 'a\0\0b\n', /^line 1 is no text/],
  ])('because it %s says so in one sentence with the remedy', async (_, text, message) => {
    await expect(read(Buffer.from(text, 'latin1'))).rejects.toThrow(message);
  });

  it('because it is empty has no reading', async () => {
    expect(await describeFile(opened(new Uint8Array()), DIABETES_130)).toBeNull();
  });
});
