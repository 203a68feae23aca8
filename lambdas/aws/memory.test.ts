import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { peakRssMb } from './memory.ts';

it('is the high-water mark of this process', () => {
  const before = peakRssMb();
  const block = Buffer.alloc(200 << 20, 1);
  expect(peakRssMb()).toBeGreaterThanOrEqual(before);
  expect(peakRssMb()).toBeGreaterThan(block.length / (1 << 20));
});

it.runIf(process.platform === 'linux')('is not inherited from the process that started this one', () => {
  const module = join(import.meta.dirname, 'memory.ts');
  const child = `console.log((await import(${JSON.stringify(module)})).peakRssMb())`;
  // The parent of the child holds 600 MB when it starts it by fork and exec.
  const parent = [
    'const block = Buffer.alloc(600 << 20, 1);',
    "const { execFileSync } = await import('node:child_process');",
    `process.stdout.write(execFileSync(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(child)}]));`,
    'if (block.length === 0) throw new Error();',
  ].join('\n');
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', parent], { encoding: 'utf8' });
  expect(Number(text)).toBeGreaterThan(10);
  expect(Number(text)).toBeLessThan(300);
});
