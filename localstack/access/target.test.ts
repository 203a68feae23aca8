import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEngine } from '../engine/engine.ts';
import { freePort } from '../engine/ports.ts';
import { signalProcess } from '../engine/processes.ts';
import { targetOf } from './target.ts';

const venv = join(import.meta.dirname, '..', '..', '.readmit', 'engine');
const here = { stack: 'readmit-local', endpoint: undefined, aws: false };

describe.skipIf(!existsSync(venv))('a command is for', () => {
  test('the stack of its folder while that runs, and nobody else when it does not', async () => {
    const home = mkdtempSync(join(tmpdir(), 'readmit-target-'));
    const port = await freePort();
    const engine = await startEngine({ venv, home, port, log: join(home, 'engine.log') });
    const own = targetOf(here, home);
    expect(own.name).toBe(`the stack readmit-local of this folder, at ${engine.endpoint}`);
    expect(own.config).toMatchObject({ endpoint: engine.endpoint, credentials: engine.credentials });
    expect(targetOf({ ...here, endpoint: engine.endpoint }, home)).toEqual(own);

    const other = targetOf({ ...here, endpoint: 'http://127.0.0.1:4599' }, home);
    expect(other.name).toMatch(/at http:\/\/127\.0\.0\.1:4599, which this folder did not start/);
    expect(JSON.stringify(other)).not.toContain(engine.credentials.secretAccessKey);

    signalProcess(engine.pid, 'SIGKILL'); // so that its files stay
    await engine.ended;
    const stranger = createServer().listen(port, '127.0.0.1');
    expect(() => targetOf(here, home)).toThrow(/does not run in this folder.*npm start.*--endpoint/s);
    stranger.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('AWS when that is said, with the credentials of the environment', () => {
    expect(targetOf({ ...here, aws: true }, '/nowhere')).toEqual({
      config: {},
      name: 'the stack readmit-local on AWS',
    });
  });
});
