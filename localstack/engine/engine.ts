// The local cloud as a child process: start it, wait until it answers, save its state, stop it gently.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Credentials } from '../clients.ts';
import { LocalFailure } from '../failure.ts';
import { forgetKey, newCredentials, writeKey } from './key.ts';
import { isPortFree } from './ports.ts';
import { giveWay, isRunning, signalProcess } from './processes.ts';
import { endWhatWasLeft, markRunning, markStopped } from './traces.ts';
import { type EngineWord, readWords } from './words.ts';

export interface EngineOptions {
  /** Virtual environment that holds MiniStack. */
  readonly venv: string;
  /** Folder for this engine's state and temporary files: one folder, one engine. */
  readonly home: string;
  readonly port: number;
  readonly log: string;
  /** Enforce IAM: requests must be signed and every role's policies hold. */
  readonly auth?: boolean;
  /** Let callers of deployed APIs in without a signature, to compare its own API Gateway with ours. */
  readonly openApi?: boolean;
  /** Forget the state of earlier runs. */
  readonly fresh?: boolean;
  /** How far it gives way to other programs: 10 by default, 0 not at all. */
  readonly nice?: number;
}

export interface Engine {
  readonly endpoint: string;
  /** The key that requests must be signed with. It ends with this engine. */
  readonly credentials: Credentials;
  readonly pid: number;
  /** True when a previous engine in this home was ended hard: what it had acknowledged was found in its journal. */
  readonly recovered: boolean;
  /** Writes all state, also what no answer waits for (log lines), so that the next start has no journal to read. */
  save(): Promise<void>;
  /** Stops it, its state saved, and ends the Lambda processes it started. */
  stop(): Promise<void>;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<unknown>;
}

/** Answers to requests come before what the cloud does behind them, such as taking in the log lines. */
const NICE = 10;
const READY_MS = 60_000;
const GENTLE_MS = 30_000;

/** Starts an engine on 127.0.0.1:port and resolves when it takes requests. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const recovered = await endWhatWasLeft(options.home);
  if (!(await isPortFree(options.port))) {
    throw new LocalFailure(
      `Port ${options.port} (the local cloud) is in use by another program.`,
      `Stop that program, choose another port with --engine-port, or, if it is a LocalStack, use it with --endpoint http://127.0.0.1:${options.port}.`,
    );
  }
  if (options.fresh) rmSync(options.home, { recursive: true, force: true });
  mkdirSync(join(options.home, 'tmp'), { recursive: true, mode: 0o700 });
  chmodSync(options.home, 0o700); // it may have been made by an earlier version
  // The engine's Lambda workers are CommonJS .js files in tmp/; this project's own package.json must not reach them.
  writeFileSync(join(options.home, 'tmp', 'package.json'), '{}');
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, 'a', 0o600);
  const credentials = newCredentials();
  const child = spawn(join(options.venv, 'bin', 'python'), [join(import.meta.dirname, 'launch.py'), options.home], {
    cwd: options.home,
    env: engineEnvironment(options, credentials),
    stdio: ['pipe', log, log, 'pipe'],
    detached: true, // a group of its own: a terminal's Ctrl-C must not hit it before the chain is stopped
  });
  closeSync(log);
  const ended = once(child, 'exit').catch(() => undefined);
  await once(child, 'spawn').catch((error: unknown) => {
    throw new LocalFailure('The local cloud did not start.', 'Delete .readmit/engine and run again.', { cause: error });
  });
  const pid = child.pid ?? 0;
  giveWay(pid, options.nice ?? NICE);
  markRunning(options.home, { pid, port: options.port });
  const endpoint = `http://127.0.0.1:${options.port}`;
  const words = readWords(child.stdio[3]);
  await untilReady(endpoint, child, words, options);
  writeKey(options.home, { endpoint, credentials });
  return {
    endpoint,
    credentials,
    pid,
    recovered,
    ended,
    save: () => saveState(child, words),
    stop: async () => {
      await endGently(child, ended);
      forgetKey(options.home);
      markStopped(options.home);
    },
  };
}

// The engine hands its own environment to every Lambda process: give it nothing that it does not need. The key is among
// it, since functions sign with it; where IAM is enforced, that of their role takes its place.
function engineEnvironment(options: EngineOptions, key: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: options.home,
    TMPDIR: join(options.home, 'tmp'),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(options.port),
    PERSIST_STATE: '1',
    STATE_DIR: join(options.home, 'state'),
    S3_PERSIST: '1',
    S3_DATA_DIR: join(options.home, 's3'),
    // Listeners on fixed ports of services that nothing here uses.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    ...(options.auth ? { AUTH: 'true' } : {}),
    ...(options.openApi ? { OPEN_API: '1' } : {}),
  };
}

async function untilReady(
  endpoint: string,
  child: ChildProcess,
  words: AsyncIterator<EngineWord>,
  options: EngineOptions,
): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const answer = await fetch(`${endpoint}/_ministack/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
  const ended = child.exitCode !== null || child.signalCode !== null;
  if (child.pid !== undefined) signalProcess(-child.pid, 'SIGKILL');
  markStopped(options.home);
  const word = ended ? (await words.next()).value : undefined;
  if (word && 'problem' in word) throw new LocalFailure(word.problem, word.remedy);
  throw new LocalFailure('The local cloud did not come up.', `The reason is at the end of ${options.log}.`);
}

async function saveState(child: ChildProcess, words: AsyncIterator<EngineWord>): Promise<void> {
  if (!isWritable(child.stdin)) throw new Error('the engine has no lead');
  child.stdin.write('save\n');
  const { value: word } = await words.next(); // none when the engine has ended, which others tell
  if (word && 'problem' in word) throw new LocalFailure(word.problem, word.remedy);
}

const isWritable = (stream: unknown): stream is Writable =>
  typeof stream === 'object' && stream !== null && 'write' in stream;

async function endGently(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const pid = child.pid;
  if (pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const timeout = new AbortController();
    await Promise.race([ended, pause(GENTLE_MS, undefined, { signal: timeout.signal }).catch(() => undefined)]);
    timeout.abort();
  }
  // Lambda processes are in its group; whatever is still there now is not wanted.
  signalProcess(-pid, 'SIGKILL');
  if (isRunning(pid)) await ended;
}
