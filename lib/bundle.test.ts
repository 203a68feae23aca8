import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleAll } from './bundle.ts';
import { ROOT } from './root.ts';

mkdirSync(join(ROOT, '.readmit'), { recursive: true });
const sources = mkdtempSync(join(ROOT, '.readmit', 'bundle-test-'));
const made: string[] = [];
afterAll(() => {
  for (const path of [sources, ...made]) rmSync(path, { recursive: true, force: true });
});

const platform = { os: 'linux', cpu: 'x64' };
const handler = join(relative(ROOT, sources), 'handler.ts');

function bundled(answer: string) {
  writeFileSync(join(sources, 'answer.ts'), answer);
  writeFileSync(
    join(sources, 'handler.ts'),
    "import { answer } from './answer.ts';\nexport const handler = () => answer();\n",
  );
  const bundle = bundleAll({ Test: { handler } })('Test', platform);
  made.push(bundle.directory);
  return bundle;
}

describe('a bundle', () => {
  it('follows a change in any file that its entry reaches', async () => {
    const first = bundled('export const answer = (): number => Math.hypot(1);');
    const second = bundled('export const answer = (): number => Math.hypot(2);');
    expect(second.hash).not.toBe(first.hash);
    expect((await import(join(second.directory, 'index.mjs'))).handler()).toBe(2);
    expect(bundled('export const answer = (): number => Math.hypot(1);')).toEqual(first);
  });

  it('keeps the version of its code when only comments change, since a new version means new models', () => {
    const bare = bundled('export const answer = (): number => Math.hypot(3);');
    const commented = bundled('// three\nexport const answer = (): number => Math.hypot(3);');
    expect(commented.codeHash).toBe(bare.codeHash);
    expect(commented.hash).not.toBe(bare.hash);
  });

  it('leads back from an error to the TypeScript source', () => {
    const { directory } = bundled('export const answer = (): number => Math.hypot(4);');
    const map: { sources: string[] } = JSON.parse(readFileSync(join(directory, 'index.mjs.map'), 'utf8'));
    expect(map.sources.map((source) => join(directory, source))).toContain(join(sources, 'answer.ts'));
  });

  it('that cannot be built names the file and the line', () => {
    expect(() => bundled('export const wrong = 1;')).toThrow(/handler\.ts:1:9.*answer/s);
  });
});
