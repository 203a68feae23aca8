import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { DAMAGED_ROWS, type Damage, damageRows } from '../sample/damage.ts';
import { generateSample } from '../sample/generate.ts';
import { empty, objectBytes, objectHashes, stack, type Trained, train } from './stack.ts';

const ROWS = 18_000;
const twin = stack('twin');
const quarantinedSchema = z.object({ line: z.number(), reason: z.string(), raw: z.string() });

describe('a file with a hundred damaged rows of ten kinds', () => {
  let damages: readonly Damage[] = [];
  let trained: Trained;

  beforeAll(async () => {
    const [whole, damaged] = ['whole.csv', 'damaged.csv'].map((name) => join(inject('folder'), name));
    await generateSample({ file: whole ?? '', rows: ROWS, seed: 11 });
    damages = await damageRows(whole ?? '', damaged ?? '');
    await empty(twin);
    trained = await train(twin, damaged ?? '');
  });

  it('has each of them in quarantine, by line and reason', async () => {
    expect(damages).toHaveLength(DAMAGED_ROWS);
    const keys = Object.keys(await objectHashes(twin, 'quarantine/'));
    const found = [];
    for (const key of keys) {
      const text = new TextDecoder().decode(await objectBytes(twin, key));
      for (const line of text.split('\n').filter(Boolean)) found.push(quarantinedSchema.parse(JSON.parse(line)));
    }
    const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line;
    expect(found.sort(byLine).map(({ line, reason }) => ({ line, reason }))).toEqual(
      [...damages].sort(byLine).map(({ line, reason }) => ({ line, reason })),
    );
  });

  it('is trained on with the rest, and the report counts both', () => {
    const { report, outcome } = trained.facts;
    expect(['promoted', 'rejected']).toContain(outcome);
    expect(report?.rows).toBe(ROWS);
    expect(Object.values(report?.quarantined ?? {}).reduce((sum, count) => sum + count, 0)).toBe(DAMAGED_ROWS);
    expect(report?.candidates).toHaveLength(3);
  });
});
