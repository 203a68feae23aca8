// Sketches as items to add to: each number of a sketch is an attribute, so that writers add and never read. Levels, which
// are many, lie in items of their own: most deliveries do not touch them.
import * as z from 'zod';
import type { KeyedSketch, SketchKey } from './of-lines.ts';
import { addSketch, emptySketch, SCORE_BINS, type Sketch } from './sketch.ts';

/** All items of sketches in a shard have sort keys with this prefix, then the day. */
export const SKETCH_PREFIX = 'sketch#';

const SCORES = 'scores';
const LEVELS = 'levels';
const WARNING = 'w#';
const ROWS = 'rows';
const FLAGGED = 'flagged';

/** Fields are dealt to so many items: DynamoDB takes 300 additions and 4 KB of expression in one update. */
const PARTS = 2;
const partOf = (level: string) => Number.parseInt(level, 10) % PARTS;

export interface SketchItem {
  readonly sk: string;
  /** By attribute; never empty, never 0. */
  readonly add: Readonly<Record<string, number>>;
}

export function toItems({ sketch, ...key }: KeyedSketch): SketchItem[] {
  const prefix = `${SKETCH_PREFIX}${key.day}#${key.dataset}#${key.version}`;
  const scores = nonZero([
    [ROWS, sketch.rows],
    [FLAGGED, sketch.flagged],
    ...sketch.scored.map((n, bin) => [`s${bin}`, n] as const),
    ...sketch.probability_e6.map((n, bin) => [`p${bin}`, n] as const),
    ...[...sketch.warnings].map(([code, n]) => [`${WARNING}${code}`, n] as const),
  ]);
  const levels = [...sketch.levels].flatMap(([contract, { rows, counts }]) =>
    Array.from({ length: PARTS }, (_, part) => ({
      sk: `${prefix}#${LEVELS}#${contract}#${part}`,
      add: nonZero([[ROWS, part === 0 ? rows : 0], ...[...counts].filter(([level]) => partOf(level) === part)]),
    })),
  );
  return [{ sk: `${prefix}#${SCORES}`, add: scores }, ...levels].filter(({ add }) => Object.keys(add).length > 0);
}

const itemSchema = z.object({ sk: z.string() }).catchall(z.unknown());

/** Sketches from the items of all shards, one for each day, dataset and version, in that order. */
export function fromItems(items: readonly unknown[]): KeyedSketch[] {
  const found = new Map<string, KeyedSketch>();
  for (const item of items) {
    const read = readItem(itemSchema.parse(item));
    if (read === null) continue;
    const name = `${read.day}#${read.dataset}#${read.version}`;
    const known = found.get(name);
    if (known === undefined) found.set(name, read);
    else addSketch(known.sketch, read.sketch);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sketch]) => sketch);
}

function readItem({ sk, ...attributes }: z.infer<typeof itemSchema>): KeyedSketch | null {
  const [, day, dataset, version, kind, contract] = sk.split('#');
  if (day === undefined || dataset === undefined || version === undefined) return null;
  const key: SketchKey = { day, dataset, version };
  const numbers = Object.entries(attributes).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const sketch = emptySketch();
  if (kind === SCORES) for (const [name, n] of numbers) readScores(sketch, name, n);
  else if (kind === LEVELS && contract !== undefined) readLevels(sketch, contract, new Map(numbers));
  return { ...key, sketch };
}

function readScores(sketch: Sketch, name: string, n: number): void {
  if (name === ROWS) sketch.rows = n;
  else if (name === FLAGGED) sketch.flagged = n;
  else if (name.startsWith(WARNING)) sketch.warnings.set(name.slice(WARNING.length), n);
  const [, kind, digits] = /^([sp])(\d{1,2})$/.exec(name) ?? [];
  const bin = Number(digits);
  if (kind !== undefined && bin < SCORE_BINS) (kind === 's' ? sketch.scored : sketch.probability_e6)[bin] = n;
}

function readLevels(sketch: Sketch, contract: string, numbers: ReadonlyMap<string, number>): void {
  const counts = new Map([...numbers].filter(([name]) => /^\d+\.\d+$/.test(name)));
  sketch.levels.set(contract, { rows: numbers.get(ROWS) ?? 0, counts });
}

function nonZero(entries: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(entries.filter(([, n]) => n !== 0));
}
