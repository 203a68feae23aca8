// Runs one set-up command: its output to a log file, one progress line on the screen, failures as one sentence.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A failure a user can act on: what went wrong, then the remedy, in one sentence each. */
export class SetupError extends Error {
  constructor(problem, remedy) {
    super(`${problem} ${remedy}`);
    this.name = 'SetupError';
  }
}

/**
 * Runs `command` and resolves when it ends well.
 * @param {string} title what the user sees, e.g. "npm packages"
 * @param {{ cwd: string, log: string, env?: Record<string, string | undefined> }} where
 */
export async function runStep(title, command, args, { cwd, log, env = process.env }) {
  const started = Date.now();
  const out = openSync(log, 'w');
  const show = ticker(title, started);
  // npm is a .cmd file on Windows, which only a shell starts.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', out, out], shell: process.platform === 'win32' });
  const ended = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, problem: error.message }));
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? 1, problem: signal ? `it was stopped by ${signal}` : '' }),
    );
  });
  closeSync(out);
  show(ended.code === 0 ? 'done' : 'failed');
  if (ended.code !== 0) throw explain(title, log, ended.problem);
}

/** One line that counts seconds on a terminal, and one plain line at each end where there is none. */
function ticker(title, started) {
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const line = (state) => `  ${title.padEnd(34)} ${state} ${seconds()}`;
  const terminal = process.stdout.isTTY;
  if (!terminal) console.log(`  ${title.padEnd(34)} ...`);
  const timer = terminal && setInterval(() => process.stdout.write(`\r${line('...')}`), 200);
  return (state) => {
    if (timer) clearInterval(timer);
    process.stdout.write(`${terminal ? '\r\x1b[K' : ''}${line(state)}\n`);
  };
}

const CAUSES = [
  [
    /ENOSPC|No space left on device|not enough space/i,
    'the disk is full.',
    'Free about 1.5 GB and run the command again.',
  ],
  [
    /EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|Temporary failure in name resolution|NewConnectionError|ConnectTimeout|Max retries exceeded|Failed to establish a new connection/,
    'the package registry could not be reached.',
    'Check the network or proxy settings and run the command again.',
  ],
  [
    /CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER/,
    'a TLS certificate was not trusted.',
    'Name your certificate bundle in NODE_EXTRA_CA_CERTS and PIP_CERT and run again.',
  ],
  [
    /EACCES|Permission denied/,
    'a file could not be written.',
    'Make this folder yours (chown) and run the command again.',
  ],
  [
    /THESE PACKAGES DO NOT MATCH THE HASHES/,
    'a downloaded package does not match its pinned hash.',
    'Clear the package cache or mirror, and run the command again.',
  ],
  [
    /EUSAGE|in sync/,
    'package.json and package-lock.json do not match.',
    'Restore them with git checkout package.json package-lock.json.',
  ],
];

function explain(title, log, problem) {
  const text = readFileSync(log, 'utf8');
  const known = CAUSES.find(([pattern]) => pattern.test(text));
  if (known) return new SetupError(`Setting up ${title} failed: ${known[1]}`, `${known[2]} (log: ${log})`);
  return new SetupError(
    `Setting up ${title} failed${problem ? `: ${problem}` : ''}.`,
    `The reason is at the end of ${log}`,
  );
}
