import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../engine/ports.ts';
import { cloudHome, paths } from '../paths.ts';

const NAME = `e2e-${process.pid}`;
const START = join(import.meta.dirname, '..', 'start.ts');

let port = 0;
beforeAll(async () => {
  port = await freePort();
});
afterAll(() => rmSync(cloudHome(undefined, NAME), { recursive: true, force: true }));

async function start(...args: readonly string[]) {
  const { READMIT_DATA: _, ...env } = process.env;
  const child = spawn(process.execPath, [START, '--once', '--dataset', NAME, '--engine-port', String(port), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: string[] = [];
  child.stdout.on('data', (data: Buffer) => parts.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => parts.push(data.toString()));
  const [code] = await once(child, 'close');
  return { code, text: parts.join('') };
}

describe('npm start over a state with a promoted model', () => {
  it('trains on the file that is named, serves what is promoted when none is, and never adds generated rows', async () => {
    const first = await start('--data', inject('sample'));
    expect(first.text).toContain('Promoted: the new model serves.');
    expect(first.code).toBe(0);

    const bare = await start();
    expect(bare.text).toContain('Version 1 is promoted (diabetes-130): nothing is trained.');
    expect(bare.text).not.toMatch(/Upload|Ingest|Train/);
    expect(bare.code).toBe(0);

    if (existsSync(paths.realData)) return; // then --rows takes rows of that file
    const generated = await start('--rows', '300');
    expect(generated.text).toMatch(/holds the dataset diabetes-130, and rows of generated-sample never join it/);
    expect(generated.text).toMatch(/--fresh.*--dataset NAME/);
    expect(generated.text).not.toMatch(/Upload|Ingest/);
    expect(generated.code).toBe(1);
  });
});
