// Sketches as items to add to: each number of a sketch is an attribute, so that writers add and never read.
import * as z from 'zod';
import { addSketch, emptySketch, SCORE_BINS, type Sketch } from './sketch.ts';

const WARNING = 'w#';
const LEVEL_ROWS = 'n#';
const LEVEL = 'l#';
const SCORED = 's';
const PROBABILITY = 'p';

/** The numbers of a sketch by attribute; never 0. */
export function toAttributes(sketch: Sketch): Record<string, number> {
  const named: (readonly [string, number])[] = [
    ['rows', sketch.rows],
    ['flagged', sketch.flagged],
    ...sketch.scored.map((n, bin) => [`${SCORED}${bin}`, n] as const),
    ...sketch.probability_e6.map((n, bin) => [`${PROBABILITY}${bin}`, n] as const),
    ...[...sketch.warnings].map(([code, n]) => [`${WARNING}${code}`, n] as const),
  ];
  for (const [contract, { rows, counts }] of sketch.levels) {
    named.push([`${LEVEL_ROWS}${contract}`, rows]);
    for (const [level, n] of counts) named.push([`${LEVEL}${contract}#${level}`, n]);
  }
  return Object.fromEntries(named.filter(([, n]) => n !== 0));
}

const attributesSchema = z.record(z.string(), z.unknown());
const isNumber = (value: unknown): value is number => typeof value === 'number';

/** The sketch of an item; what is no number of a sketch (keys, times) is passed over. */
export function fromAttributes(item: unknown): Sketch {
  const sketch = emptySketch();
  for (const [name, value] of Object.entries(attributesSchema.parse(item))) {
    if (isNumber(value)) read(sketch, name, value);
  }
  return sketch;
}

function read(sketch: Sketch, name: string, n: number): void {
  if (name === 'rows') sketch.rows = n;
  else if (name === 'flagged') sketch.flagged = n;
  else if (name.startsWith(WARNING)) sketch.warnings.set(name.slice(WARNING.length), n);
  else if (name.startsWith(LEVEL_ROWS)) addPart(sketch, name.slice(LEVEL_ROWS.length), n, {});
  else if (name.startsWith(LEVEL)) {
    const [contract = '', level = ''] = name.slice(LEVEL.length).split('#');
    addPart(sketch, contract, 0, { [level]: n });
  } else readBin(sketch, name, n);
}

function readBin(sketch: Sketch, name: string, n: number): void {
  const [, kind, digits] = /^([sp])(\d{1,2})$/.exec(name) ?? [];
  const bin = Number(digits);
  if (kind === undefined || bin >= SCORE_BINS) return;
  (kind === SCORED ? sketch.scored : sketch.probability_e6)[bin] = n;
}

function addPart(sketch: Sketch, contract: string, rows: number, counts: Readonly<Record<string, number>>): void {
  const levels = new Map([[contract, { rows, counts: new Map(Object.entries(counts)) }]]);
  addSketch(sketch, { ...emptySketch(), levels });
}
