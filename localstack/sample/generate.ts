// Synthetic encounter files in the format of the Diabetes 130-US Hospitals dataset:
//   node localstack/sample/generate.ts --rows 100000 --seed 1 --out sample.csv
// Drawn from figures of the real data, never from its rows; the same seed gives the same bytes.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { HEADER_COLUMNS } from '../../lambdas/core/encounter/header.ts';
import { DEPENDENCIES, type Draft, place, startDraft } from './draft.ts';
import { type Figures, readFigures } from './figures.ts';
import { type Patient, PatientPool } from './patients.ts';
import { draw, seededRandom, type Weighted, weighted } from './random.ts';
import { drawLabel } from './risk.ts';

export interface SampleOptions {
  readonly rows: number;
  readonly seed: number;
}

const EOL = '\r\n';
const CHUNK_ROWS = 256;
const STAGES = 7;
const PATIENT_COLUMNS = ['race', 'gender', 'age'] as const;
/** Ids grow by 1 to this many a row, as if other hospitals' encounters stood between. */
const ID_STEP = 40;

/** Writes a sample to a file without holding it in memory. */
export async function generateSample({ file, ...options }: SampleOptions & { readonly file: string }): Promise<void> {
  const out = createWriteStream(file);
  const written = finished(out);
  for (const chunk of sampleChunks(options)) {
    if (!out.write(chunk)) await Promise.race([once(out, 'drain'), written]);
  }
  out.end();
  await written;
}

/** The same in pieces of some 60 kB; any number of rows in the same memory. */
export function* sampleChunks({ rows, seed }: SampleOptions, figures: Figures = readFigures()): Generator<string> {
  yield HEADER_COLUMNS.join(',') + EOL;
  const random = seededRandom(seed);
  const tables = prepare(figures);
  const patients = new PatientPool(random, figures.repeats);
  let encounterId = 12_000;
  let chunk: string[] = [];
  for (let row = 0; row < rows; row++) {
    encounterId += 1 + Math.floor(random() * ID_STEP);
    const patient = patients.next();
    const cells = { encounter_id: String(encounterId), patient_nbr: String(patient.number), ...patient.cells };
    const draft = startDraft(cells, patient.cells !== null, Math.floor((row * STAGES) / rows));
    drawCells(draft, tables, random);
    draft.cells.readmitted = drawLabel(figures.early, figures.late, draft, random);
    if (draft.cells.readmitted !== 'NO') patients.expect(returning(patient, draft));
    chunk.push(HEADER_COLUMNS.map((column) => draft.cells[column]).join(','), EOL);
    if (row % CHUNK_ROWS === CHUNK_ROWS - 1) {
      yield chunk.join('');
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk.join('');
}

type Tables = readonly ((draft: Draft) => Weighted)[];

function prepare(figures: Figures): Tables {
  return DEPENDENCIES.map(({ column, given }) => {
    const table = new Map(Object.entries(figures.tables[column]).map(([key, weights]) => [key, weighted(weights)]));
    const all = weighted(figures.tables[column]['']);
    return (draft) => table.get(given(draft)) ?? all;
  });
}

function drawCells(draft: Draft, tables: Tables, random: () => number): void {
  DEPENDENCIES.forEach(({ column }, i) => {
    if (draft.cells[column] === undefined) place(draft, column, draw(tables[i](draft), random()));
  });
}

function returning(patient: Patient, { cells }: Draft): Patient {
  return { number: patient.number, cells: Object.fromEntries(PATIENT_COLUMNS.map((name) => [name, cells[name]])) };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'sample.csv' },
    },
  });
  await generateSample({ file: values.out, rows: Number(values.rows), seed: Number(values.seed) });
}
