import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientsFor } from '../clients.ts';
import { startEngine } from './engine.ts';
import { type Key, readKey } from './key.ts';
import { freePort } from './ports.ts';
import { isRunning, processesNaming, signalProcess } from './processes.ts';

const venv = join(import.meta.dirname, '..', '..', '.readmit', 'engine');
let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'readmit-engine-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const options = async () => ({ venv, home, port: await freePort(), log: join(home, 'engine.log') });
const s3 = ({ endpoint, credentials }: Key) => clientsFor(endpoint, credentials).s3;

describe.skipIf(!existsSync(venv))('the local cloud', () => {
  it('keeps what was stored over a stop and a start', async () => {
    const first = await startEngine(await options());
    await s3(first).send(new CreateBucketCommand({ Bucket: 'kept' }));
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);

    const second = await startEngine(await options());
    expect(second.recovered).toBe(false);
    await s3(second).send(new HeadBucketCommand({ Bucket: 'kept' }));
    await second.stop();
  });

  it('is gone, its state saved, when the program that started it is killed', async () => {
    const { parent, key, pid } = await startInChild(await options());
    await s3(key).send(new CreateBucketCommand({ Bucket: 'kept' }));
    parent.kill('SIGKILL');
    await untilGone(pid);

    const next = await startEngine(await options());
    expect(next.recovered).toBe(false);
    await s3(next).send(new HeadBucketCommand({ Bucket: 'kept' }));
    await next.stop();
  });

  it('gives way to the programs that answer requests', async () => {
    const engine = await startEngine(await options());
    expect(getPriority(engine.pid)).toBeGreaterThan(getPriority());
    await engine.stop();
  });

  it('says so when it was itself killed, keeps what was saved before, and leaves no process', async () => {
    const first = await startEngine(await options());
    await s3(first).send(new CreateBucketCommand({ Bucket: 'kept' }));
    await first.save();
    signalProcess(first.pid, 'SIGKILL');
    await first.ended;

    const next = await startEngine(await options());
    expect(next.recovered).toBe(true);
    await s3(next).send(new HeadBucketCommand({ Bucket: 'kept' }));
    await next.stop();
    expect(processesNaming(home)).toEqual([]);
  });

  it('is not taken away from a program that still uses it', async () => {
    const first = await startEngine(await options());
    await expect(startEngine(await options())).rejects.toThrow(/already \(process \d+\)/);
    writeFileSync(join(home, 'engine.json'), '{"pid":'); // nor when its note is damaged
    await expect(startEngine(await options())).rejects.toThrow(/already \(process \d+\)/);
    await s3(first).send(new CreateBucketCommand({ Bucket: 'still-here' }));
    await first.stop();
  });

  it('names the remedy when its port is taken', async () => {
    const running = await startEngine(await options());
    const other = mkdtempSync(join(tmpdir(), 'readmit-engine-'));
    const port = Number(new URL(running.endpoint).port);
    await expect(startEngine({ ...(await options()), home: other, port })).rejects.toThrow(/--engine-port/);
    rmSync(other, { recursive: true, force: true });
    await running.stop();
  });
});

interface Started {
  readonly parent: ChildProcess;
  readonly key: Key;
  readonly pid: number;
}

/** Starts an engine from another Node process, as npm start does, so that this test may kill that process. */
async function startInChild(given: Parameters<typeof startEngine>[0]): Promise<Started> {
  const engine = JSON.stringify(join(import.meta.dirname, 'engine.ts'));
  const code = `const { startEngine } = await import(${engine});
    const started = await startEngine(${JSON.stringify(given)});
    console.log(started.endpoint);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(parent.stdout, 'data');
  const key = readKey(given.home);
  if (key === null) throw new Error('the engine left no key');
  const pid = Number(readFileSync(join(given.home, 'engine.json'), 'utf8').match(/"pid":(\d+)/)?.[1]);
  return { parent, key, pid };
}

async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}
