// A copy of an encounter file with 100 damaged rows of ten kinds, and which line should be put aside for which reason.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { HEADER_COLUMNS, type HeaderColumn } from '../../lambdas/core/encounter/header.ts';
import { cutLines, MAX_LINE_BYTES } from '../../lambdas/core/encounter/lines.ts';
import type { QuarantineReason } from '../../lambdas/core/encounter/quarantine.ts';

export interface Damage {
  /** Line of the damaged file, the header is line 1. */
  readonly line: number;
  readonly kind: string;
  readonly reason: QuarantineReason;
}

/** What the damage may use: the encounter ids of the row before and of the first row. */
interface Context {
  readonly previousId: string;
  readonly firstId: string;
  /** How many of its kind came before. */
  readonly turn: number;
}

interface Kind {
  readonly kind: string;
  readonly reason: QuarantineReason;
  readonly damage: (cells: readonly string[], context: Context) => string | Uint8Array;
}

const ROWS_OF_A_KIND = 10;

/** Cells need no quotes here: there are none in the real file and in the sample. */
const replaced = (cells: readonly string[], column: HeaderColumn, value: string) =>
  cells.with(HEADER_COLUMNS.indexOf(column), value).join(',');

const KINDS: readonly Kind[] = [
  { kind: 'too few columns', reason: 'column_count', damage: (cells) => cells.slice(0, 37).join(',') },
  { kind: 'too many columns', reason: 'column_count', damage: (cells) => [...cells, 'extra'].join(',') },
  {
    kind: 'letters in a number',
    reason: 'invalid_number',
    damage: (cells) => replaced(cells, 'num_medications', 'twelve'),
  },
  { kind: 'unknown age', reason: 'unknown_age', damage: (cells) => replaced(cells, 'age', '[70-75)') },
  { kind: 'empty id', reason: 'empty_id', damage: (cells) => replaced(cells, 'encounter_id', '') },
  {
    kind: 'duplicate encounter_id',
    reason: 'duplicate_encounter_id',
    // By turns a neighbour's, and one of the first batch.
    damage: (cells, { turn, previousId, firstId }) =>
      replaced(cells, 'encounter_id', turn % 2 === 0 ? previousId : firstId),
  },
  {
    kind: 'bad UTF-8',
    reason: 'invalid_utf8',
    damage: (cells) => Buffer.concat([Buffer.from(cells.join(',')), Buffer.of(0xc3, 0x28)]),
  },
  {
    kind: 'huge field',
    reason: 'line_too_long',
    damage: (cells) => replaced(cells, 'medical_specialty', 'x'.repeat(MAX_LINE_BYTES + 1)),
  },
  { kind: 'unknown label', reason: 'invalid_label', damage: (cells) => replaced(cells, 'readmitted', 'maybe') },
  { kind: 'negative number', reason: 'out_of_range', damage: (cells) => replaced(cells, 'num_lab_procedures', '-4') },
];

export const DAMAGED_ROWS = KINDS.length * ROWS_OF_A_KIND;

/** @throws RangeError if the file has fewer than two rows for each damaged one */
export async function damageRows(source: string, file: string): Promise<readonly Damage[]> {
  const rows = (await countLines(source)) - 1;
  const spacing = Math.floor(rows / DAMAGED_ROWS);
  if (spacing < 2) throw new RangeError(`${source} has ${rows} rows, at least ${2 * DAMAGED_ROWS} are needed`);
  const out = createWriteStream(file);
  const written = finished(out);
  const damages: Damage[] = [];
  let [previousId, firstId] = ['', ''];
  for await (const { line, bytes } of cutLines(createReadStream(source))) {
    const cells = Buffer.from(bytes).toString().split(',');
    const index = (line - 2 - (spacing >> 1)) / spacing;
    if (line === 2) firstId = cells[0];
    let content: string | Uint8Array = bytes;
    if (Number.isInteger(index) && index >= 0 && index < DAMAGED_ROWS) {
      const { kind, reason, damage } = KINDS[index % KINDS.length];
      content = damage(cells, { previousId, firstId, turn: Math.floor(index / KINDS.length) });
      damages.push({ line, kind, reason });
    }
    previousId = cells[0];
    if (!out.write(Buffer.concat([Buffer.from(content), Buffer.from('\r\n')]))) await once(out, 'drain');
  }
  out.end();
  await written;
  return damages;
}

async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const _ of cutLines(createReadStream(file))) lines++;
  return lines;
}
