import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readWhole, writeWhole } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'readmit-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const schema = z.object({ pid: z.number() });

describe('a file of our own', () => {
  it('is written whole, and nothing is left beside it', () => {
    const file = join(folder, 'new', 'note.json');
    expect(readWhole(file, schema)).toBe('missing');
    writeWhole(file, '{"pid":1}');
    writeWhole(file, '{"pid":2}');
    expect(readWhole(file, schema)).toEqual({ pid: 2 });
    expect(readdirSync(join(folder, 'new'))).toEqual(['note.json']);
  });

  it('that another program cut off or filled with something else is told as damaged, not as a syntax error', () => {
    const file = join(folder, 'note.json');
    writeWhole(file, '{"pid":1}');
    truncateSync(file, 6);
    expect(readWhole(file, schema)).toBe('damaged');
    writeFileSync(file, '{"port":1}');
    expect(readWhole(file, schema)).toBe('damaged');
  });
});
