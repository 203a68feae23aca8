import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HEADER_COLUMNS } from '../lambdas/core/encounter/header.ts';
import { paths } from './paths.ts';
import { findSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'readmit-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'my data.csv');
const HEADER = HEADER_COLUMNS.join(',');
writeFileSync(file, [HEADER, '1,2', '3,4', '5,6', ''].join('\r\n'));

describe('which encounters are trained on', () => {
  it('are those of the named file, before those of the environment', async () => {
    expect(await findSource(file, '/elsewhere.csv', undefined)).toEqual({
      file,
      name: 'my_data.csv',
      dataset: 'diabetes-130',
      synthetic: false,
    });
    expect(await findSource(undefined, file, undefined)).toMatchObject({ file });
  });

  it('are its first rows when fewer are asked for', async () => {
    const { file: head, synthetic } = await findSource(file, undefined, 2, folder);
    expect(readFileSync(head, 'utf8')).toBe(`${HEADER}\r\n1,2\r\n3,4\r\n`);
    expect(synthetic).toBe(false);
  });

  it('are the same of a file in another encoding, in a name that says text', async () => {
    const wide = join(folder, 'wide.txt');
    writeFileSync(wide, Buffer.from(`\uFEFF${readFileSync(file, 'utf8')}`, 'utf16le'));
    const { file: head } = await findSource(wide, undefined, 1, folder);
    expect(readFileSync(head, 'utf8')).toBe(`${HEADER}\r\n1,2\r\n`);
  });

  it('are refused in one sentence where no rows can be taken of the file', async () => {
    const other = join(folder, 'other.csv');
    writeFileSync(other, 'a,b\r\n1,2\r\n');
    await expect(findSource(other, undefined, 1, folder)).rejects.toThrow(
      /other.csv: line 1 is no header.*docs\/files.md/,
    );
  });

  it.skipIf(existsSync(paths.realData))(
    'are a generated sample, marked as synthetic, where there is no file',
    async () => {
      const { file: sample, synthetic } = await findSource(undefined, '', 300, folder);
      expect(synthetic).toBe(true);
      expect(readFileSync(sample, 'utf8').trimEnd().split('\r\n')).toHaveLength(301);
    },
  );

  it.each([
    ['--data', () => findSource(join(folder, 'none.csv'), undefined, undefined)],
    ['READMIT_DATA', () => findSource(undefined, join(folder, 'none.csv'), undefined)],
  ])('are not guessed when the file named by %s is missing', async (origin, find) => {
    await expect(find()).rejects.toThrow(origin);
  });
});
