import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readmit-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line of JavaScript with one export of a set-up module, as set-up itself would; PATH is the test's folder. */
function run(module: string, name: string, code: string) {
  const url = JSON.stringify(join(import.meta.dirname, module));
  const script = `import { ${name} } from ${url};
    try { console.log(JSON.stringify(await (${code}) ?? null)); } catch (error) { console.log(error.name + ': ' + error.message); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { PATH: folder },
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

function command(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

describe('set-up tells in a sentence what is missing and how to get it', () => {
  const find = () => run('versions.mjs', 'findPython', 'findPython()');

  it('when there is no Python', () => {
    expect(find()).toMatch(/SetupError: readmit needs Python 3.10 or newer; none was found. Install it/);
  });

  it('when Python is too old', () => {
    command('python3', 'echo 3.8');
    expect(find()).toMatch(/found 3.8. Install it/);
  });

  it('when Python came without venv, as on Debian', () => {
    command('python3', 'case "$2" in *ensurepip*) exit 1;; esac; echo 3.12');
    expect(find()).toMatch(/sudo apt install python3.12-venv/);
  });

  it('and takes the first Python that will do', () => {
    command('python3', 'echo 3.9');
    command('python3.13', 'exit 127');
    command('python3.11', 'echo 3.11');
    expect(JSON.parse(find())).toEqual({ command: 'python3.11', version: '3.11' });
  });

  it.each([
    ['npm error code ENOSPC', /the disk is full. Free about/],
    ['npm error network request failed, reason: getaddrinfo EAI_AGAIN', /could not be reached. Check the network/],
    ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES', /does not match its pinned hash/],
    ['something else', /failed. The reason is at the end of/],
  ])('when a command fails with %s', (output, expected) => {
    command('failing', `echo "${output}" >&2; exit 1`);
    const log = JSON.stringify(join(folder, 'log'));
    expect(run('command.mjs', 'runStep', `runStep('packages', 'failing', [], { cwd: '/', log: ${log} })`)).toMatch(
      expected,
    );
  });
});

describe('behind a proxy', () => {
  const environment = (given: object) =>
    JSON.parse(run('task.mjs', 'withoutProxyToLoopback', `withoutProxyToLoopback(${JSON.stringify(given)})`));

  it.each([
    [{ HTTP_PROXY: 'http://proxy:3128' }, '127.0.0.1,localhost,::1'],
    [{ NO_PROXY: 'intranet, localhost' }, 'intranet,localhost,127.0.0.1,::1'],
    [{ no_proxy: '.hospital.example' }, '.hospital.example,127.0.0.1,localhost,::1'],
  ])('%j leaves what runs on this machine alone', (given, expected) => {
    expect(environment(given)).toEqual({ ...given, NO_PROXY: expected, no_proxy: expected });
  });
});

describe('two set-ups at once', () => {
  const lock = () => join(folder, 'lock');
  const takeLock = (work: string) => `withLock(${JSON.stringify(lock())}, async () => { ${work} })`;

  it('wait for each other', async () => {
    const url = JSON.stringify(join(import.meta.dirname, 'lock.mjs'));
    const first = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { withLock } from ${url};
         await ${takeLock("console.log('in'); await new Promise((end) => process.stdin.once('data', end)); process.stdin.destroy();")}`,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await once(first.stdout, 'data');
    const second = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { withLock } from ${url}; await ${takeLock("console.log('in')")}`,
    ]);
    const [said] = await once(second.stdout, 'data');
    expect(String(said)).toContain('waiting for another set-up');
    first.stdin.write('\n');
    const [then] = await once(second.stdout, 'data');
    expect(String(then).trim()).toBe('in');
    await once(second, 'close');
    expect(existsSync(lock())).toBe(false);
  });

  it('do not wait for one that was killed', () => {
    mkdirSync(lock());
    writeFileSync(join(lock(), 'pid'), String(spawnSync(process.execPath, ['-e', '']).pid));
    expect(run('lock.mjs', 'withLock', takeLock("return 'done'"))).toBe('"done"');
  });
});
