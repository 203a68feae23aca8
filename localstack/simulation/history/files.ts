// Encounter files of a history: a few dozen rows each, drawn from one pool so that they share encounters, with damaged rows,
// corrected ones and repetitions. Every file has rows of both outcomes in every split, so that most can be trained on.
import { HEADER_COLUMNS } from '../../../lambdas/core/encounter/header.ts';
import { SPLITS, type Split, splitOf } from '../../../lambdas/core/encounter/split.ts';
import { sampleChunks } from '../../sample/generate.ts';
import { generator, pick } from '../universe/random.ts';

const SALT = 'diabetes130-v1';
const SAMPLE_ROWS = 4000;
/** Rows of the pool and of a file, by split: readmitted within 30 days, and not. */
const POOL: Readonly<Record<Split, readonly [number, number]>> = { train: [12, 24], validation: [5, 8], test: [5, 8] };
const FILE: Readonly<Record<Split, readonly [number, number]>> = { train: [4, 7], validation: [2, 3], test: [2, 3] };

type Pool = Readonly<Record<Split, readonly [readonly string[], readonly string[]]>>;

export interface FileFacts {
  readonly text: string;
  /** encounter_id of each row that is good by itself. */
  readonly good: readonly number[];
}

let known: Pool | undefined;
const files = new Map<number, FileFacts>();

/** The file of this number: always the same. */
export function fileOf(number: number): FileFacts {
  const found = files.get(number) ?? drawFile(number);
  files.set(number, found);
  return found;
}

function drawFile(number: number): FileFacts {
  known ??= drawPool();
  const random = generator(1000 + number);
  const rows: string[] = [];
  for (const split of SPLITS) {
    const [positives, others] = known[split];
    const [few, many] = FILE[split];
    rows.push(...some(random, positives, few), ...some(random, others, many));
  }
  const lines = some(random, rows, rows.length);
  const damagedAt = random() < 0.6 ? Math.floor(random() * lines.length) : -1;
  const written = lines.map((line, i) => (i === damagedAt ? line.replace(/\[\d+-\d+\)/, 'old') : line));
  const good = lines.flatMap((line, i) => (i === damagedAt ? [] : [Number(line.slice(0, line.indexOf(',')))]));
  // A file that says a row twice.
  if (random() < 0.3) written.push(pick(random, written));
  return { text: [HEADER_COLUMNS.join(','), ...written].map((line) => `${line}\r\n`).join(''), good };
}

function drawPool(): Pool {
  const [, ...lines] = [...sampleChunks({ rows: SAMPLE_ROWS, seed: 7 })].join('').split('\r\n').filter(Boolean);
  const columns: readonly string[] = HEADER_COLUMNS;
  const positions = ['patient_nbr', 'readmitted', 'discharge_disposition_id'].map((name) => columns.indexOf(name));
  const pool: Record<Split, [string[], string[]]> = { train: [[], []], validation: [[], []], test: [[], []] };
  for (const line of lines) {
    if (line.includes('"')) continue;
    const cells = line.split(',');
    const [patient = '', readmitted = '', disposition = ''] = positions.map((at) => cells[at] ?? '');
    if (disposition !== '1') continue;
    const split = splitOf(Number(patient), SALT);
    const outcome = readmitted === '<30' ? 0 : 1;
    if (pool[split][outcome].length < POOL[split][outcome]) pool[split][outcome].push(line);
  }
  return pool;
}

function some<T>(random: () => number, from: readonly T[], count: number): T[] {
  const left = [...from];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return taken;
}
