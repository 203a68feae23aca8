import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE } from '../../lambdas/core/dataset/sample.ts';
import { cutLinesOf } from '../../lambdas/core/encounter/lines.ts';
import { rowParser } from '../../lambdas/core/encounter/rows.ts';
import { DAMAGED_ROWS, damageRows } from './damage.ts';
import { generateSample } from './generate.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readmit-damage-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ROWS = 1000;
const parseRow = rowParser(SAMPLE);

async function damagedSample() {
  const [source, file] = [join(folder, 'sample.csv'), join(folder, 'damaged.csv')];
  await generateSample({ file: source, rows: ROWS, seed: 3 });
  return { damages: await damageRows(source, file), file, source };
}

test('exactly the damaged rows are put aside, each for its reason', async () => {
  const { damages, file } = await damagedSample();
  const seen = new Set<number>();
  const putAside: { line: number; reason: string }[] = [];
  let rows = 0;
  for (const { line, bytes, length } of cutLinesOf(await readFile(file))) {
    if (line === 1) continue;
    rows++;
    const parsed = parseRow(bytes, length);
    if (!parsed.ok) putAside.push({ line, reason: parsed.bad.reason });
    else if (seen.has(parsed.row.encounter_id)) putAside.push({ line, reason: 'duplicate_encounter_id' });
    else seen.add(parsed.row.encounter_id);
  }
  expect(rows).toBe(ROWS);
  expect(putAside).toEqual(damages.map(({ line, reason }) => ({ line, reason })));
});

test('there are ten of each of ten kinds', async () => {
  const { damages } = await damagedSample();
  expect(damages).toHaveLength(DAMAGED_ROWS);
  const kinds = Map.groupBy(damages, (damage) => damage.kind);
  expect([...kinds.values()].map((rows) => rows.length)).toEqual(Array.from({ length: 10 }, () => 10));
});

test('a file that is too short for it is refused', async () => {
  const source = join(folder, 'short.csv');
  await generateSample({ file: source, rows: 150, seed: 1 });
  await expect(damageRows(source, join(folder, 'never.csv'))).rejects.toThrow(RangeError);
});
