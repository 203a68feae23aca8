// schemathesis asks every declared route what its description allows and what it does not, with and without a token.
//   FUZZ_EXAMPLES=260 npm test -- e2e    about 10,000 cases instead of 5,000
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openServingCloud, type ServingCloud } from '../serving-cloud.ts';

const PROGRAM = 'schemathesis';
const isInstalled = spawnSync(PROGRAM, ['--version']).status === 0;
/** Of each route in each of the two runs, beside the boundary cases, which are some 900. */
const EXAMPLES = process.env.FUZZ_EXAMPLES ?? '110';

let cloud: ServingCloud;
let token: string;

beforeAll(async () => {
  if (!isInstalled) return;
  cloud = await openServingCloud();
  token = await cloud.token('operate');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ version: 1, reason: 'to have one that serves' });
  expect((await fetch(`${cloud.gateway.url}/promotions`, { method: 'POST', headers, body })).status).toBe(201);
  await fetch(`${cloud.gateway.url}/reload-model`, { method: 'POST' });
});
afterAll(() => cloud?.close());

test.runIf(isInstalled).each([
  ['with the token of an operator', () => ['-H', `Authorization: Bearer ${token}`]],
  ['without a token', () => []],
])(
  '%s the server answers what it describes and nothing else, and never fails',
  async (_, credentials) => {
    const { code, output } = await run([
      ...[
        '--config-file',
        join(import.meta.dirname, 'schemathesis.toml'),
        'run',
        `${cloud.gateway.url}/openapi.json`,
        '-u',
        cloud.gateway.url,
        ...credentials(),
      ],
      ...[
        '--phases',
        'examples,coverage,fuzzing',
        '--continue-on-failure',
        '--no-shrink',
        '--seed',
        '1',
        '--request-timeout',
        '60',
      ],
      ...['-n', EXAMPLES, '--generation-database', 'none', '--no-color'],
    ]);
    expect(code, output.slice(-6000)).toBe(0);
    const generated = Number(/(\d+) generated/.exec(output)?.[1]);
    expect(generated).toBeGreaterThan(1000);
    console.log(`${generated} cases, 0 disagreements`);
  },
  30 * 60_000,
);

function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, args, {
      cwd: inject('folder'), // it keeps what it found beside
      env: {
        ...process.env,
        SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'formats.py'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
