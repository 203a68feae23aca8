import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DeployedFunction } from './deployed-function.ts';
import { unpackLines } from './log-lines.ts';
import { Pool } from './pool.ts';
import type { LogLine, Outcome } from './protocol.ts';
import { SEPARATOR } from './proxy-headers.ts';

// A function with the ways of a bad one: it ends its process, hangs, throws, answers nonsense, or counts.
const SOURCE = `
let calls = 0;
let inside = 0;
export async function handler(event) {
  if (event.path === '/exit') process.exit(3);
  if (event.path === '/hang') for (;;);
  if (event.path === '/throw') throw new Error('as asked');
  if (event.path === '/nonsense') return 'no proxy result';
  console.log('call of', event.path);
  process.stdout.write('{"raw":true}\\n');
  inside++;
  const together = inside;
  await new Promise((resolve) => setImmediate(resolve));
  inside--;
  return { statusCode: 200, headers: { 'X-Calls': ++calls }, body: JSON.stringify({ together, event, env: process.env.COLOUR }) };
}
`;
let directory = '';
let pool: Pool | undefined;
let lines: LogLine[] = [];
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'readmit-pool-'));
  writeFileSync(join(directory, 'index.mjs'), SOURCE);
  writeFileSync(join(directory, 'broken.mjs'), 'throw new Error("cannot start");');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));
afterEach(() => pool?.close());

interface Options {
  readonly handler?: string;
  readonly timeoutMs?: number;
  readonly workers?: number;
  readonly queueLimit?: number;
  readonly pauseMs?: () => number;
}

function open(options: Options = {}): Pool {
  const fn: DeployedFunction = {
    name: 'test',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
    handler: options.handler ?? 'index.handler',
    memoryMb: 128,
    timeoutMs: options.timeoutMs ?? 29_000,
    logGroup: '/aws/lambda/test',
    directory,
    variables: async () => ({ COLOUR: 'blue' }),
  };
  lines = [];
  pool = new Pool({
    fn,
    resources: [{ path: '/{name}', resourceId: 'r1', parameters: ['name'], openToPages: false }],
    api: { apiId: 'api', stage: 'v1', accountId: '000000000000', port: 8000 },
    workers: options.workers ?? 1,
    queueLimit: options.queueLimit ?? 100,
    onLogs: (more) => lines.push(...unpackLines(more)),
    pauseMs: options.pauseMs ?? (() => 0),
  });
  return pool;
}

let lastId = 0;
function ask(to: Pool, path: string): Promise<Outcome | 'refused'> {
  lastId += 1;
  const headers = ['X-Twice', '1', 'X-Twice', '2'].join(SEPARATOR);
  return new Promise((resolve) => {
    const taken = to.request(
      [
        lastId,
        0,
        'GET',
        `${path}?a=1&a=2&b=%20`,
        headers,
        null,
        false,
        [path.slice(1)],
        `id-${lastId}`,
        0,
        '127.0.0.1',
        null,
      ],
      resolve,
    );
    if (!taken) resolve('refused');
  });
}
const bodyOf = (outcome: Outcome | 'refused') => JSON.parse(outcome.length === 5 ? outcome[3] : 'null');

test('a function gets the event that API Gateway makes, and its own environment', async () => {
  const outcome = await ask(open(), '/x');
  expect(outcome.slice(1, 3)).toEqual([200, ['X-Calls', '1', 'Content-Type', 'application/json']]);
  expect(bodyOf(outcome)).toMatchObject({
    env: 'blue',
    event: {
      resource: '/{name}',
      path: '/x',
      httpMethod: 'GET',
      pathParameters: { name: 'x' },
      headers: { 'X-Twice': '2', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'X-Twice': ['1', '2'] },
      queryStringParameters: { a: '2', b: ' ' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: [' '] },
      requestContext: {
        resourcePath: '/{name}',
        stage: 'v1',
        path: '/v1/x',
        requestTime: '01/Jan/1970:00:00:00 +0000',
      },
      body: null,
    },
  });
});

test('one environment takes one event at a time, in the order of arrival', async () => {
  const to = open();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => ask(to, '/x')));
  expect(outcomes.map((outcome) => bodyOf(outcome).together)).toEqual(outcomes.map(() => 1));
  expect(outcomes.map((outcome) => outcome[2]?.[1])).toEqual(outcomes.map((_, i) => String(i + 1)));
});

test('while the log is behind, requests wait their pause and are answered in order', async () => {
  let asked = 0;
  const to = open({ pauseMs: () => (asked++ === 0 ? 20 : 0) });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask(to, '/x')));
  expect(outcomes.map((outcome) => outcome[2]?.[1])).toEqual(outcomes.map((_, i) => String(i + 1)));
  expect(asked).toBeGreaterThan(0);
  expect((await ask(to, '/x'))[2]?.[1]).toBe('11');
});

test('its lines go to the log, raw ones as they are, console ones with the request', async () => {
  const outcome = await ask(open(), '/x');
  expect(lines.map(([, text]) => text)).toEqual([
    expect.stringMatching(new RegExp(`^\\d{4}-.+Z\\tid-${outcome[0]}\\tINFO\\tcall of /x$`)),
    '{"raw":true}',
  ]);
});

test('what it throws or answers wrongly is a failure of that request alone', async () => {
  const to = open();
  const outcomes = await Promise.all(['/throw', '/nonsense', '/x'].map((path) => ask(to, path)));
  expect(outcomes.map((outcome) => outcome.length)).toEqual([1, 1, 5]);
  expect(lines.some(([, text]) => text.includes('as asked'))).toBe(true);
});

test('an environment that ends fails the request in progress; those before and behind are answered', async () => {
  const to = open();
  const outcomes = await Promise.all(['/a', '/b', '/exit', '/c', '/d'].map((path) => ask(to, path)));
  expect(outcomes.map((outcome) => outcome.length)).toEqual([5, 5, 1, 5, 5]);
  expect(bodyOf(outcomes[3]).event.path).toBe('/c');
});

test('an environment that hangs is ended at the time limit, and the next request is answered', async () => {
  const to = open({ timeoutMs: 300 });
  const outcomes = await Promise.all([ask(to, '/hang'), ask(to, '/x')]);
  expect(outcomes.map((outcome) => outcome.length)).toEqual([1, 5]);
  expect(lines.some(([, text]) => text.includes('timed out'))).toBe(true);
});

test('a function that cannot start fails its requests and says why in the log', async () => {
  const to = open({ handler: 'broken.handler' });
  expect((await ask(to, '/x')).length).toBe(1);
  expect(lines.some(([, text]) => text.includes('cannot start'))).toBe(true);
});

test('more than the queue holds is refused at once', async () => {
  const to = open({ queueLimit: 3 });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask(to, '/x')));
  expect(outcomes.filter((outcome) => outcome === 'refused').length).toBeGreaterThanOrEqual(6);
  expect(outcomes.filter((outcome) => outcome !== 'refused' && outcome.length === 5).length).toBeGreaterThanOrEqual(3);
});

test('with several environments, events run beside each other', async () => {
  const to = open({ workers: 2, queueLimit: 1000 });
  to.warm();
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => ask(to, '/x')));
  const counts = outcomes.map((outcome) => Number(outcome[2]?.[1]));
  expect(Math.max(...counts)).toBeLessThan(200);
});
