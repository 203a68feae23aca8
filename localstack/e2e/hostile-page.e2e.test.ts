// A web page that wishes its reader ill, in a real browser, while readmit runs on the reader's machine: on another origin,
// and on a name of its own that was bound anew to 127.0.0.1. Before there was a door, it ran code as the user.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { REGION } from '../clients.ts';
import { freePort } from '../engine/ports.ts';
import { openBrowser } from './page/browser.ts';
import { openServingCloud, type ServingCloud } from './serving-cloud.ts';

const NAME = 'evil.example';
const SECRET = 'patient_nbr 8222157';
let cloud: ServingCloud;
let browser: Browser;
let site: Server;
let port = 0;
let token = '';

beforeAll(async () => {
  cloud = await openServingCloud();
  token = await cloud.token('operate');
  const { clients, outputs } = cloud.stack;
  await clients.s3.send(
    new PutObjectCommand({ Bucket: outputs.DataBucketName, Key: 'incoming/rows.csv', Body: SECRET }),
  );
  port = await freePort();
  site = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>A kind page</title>'),
  );
  site.listen(port, '127.0.0.1');
  await once(site, 'listening');
  browser = await openBrowser(`--host-resolver-rules=MAP ${NAME} 127.0.0.1`);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  await cloud?.close();
});

interface Attack {
  readonly name: string;
  readonly at: 'engine' | 'gateway';
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the page sees of each: the text of an answer, or nothing where the browser shows it none. */
const seenSchema = z.object({ status: z.number(), text: z.string() }).nullable();

/** Sends as a page of this origin: as CORS allows it, and as a plain form might, whose answer no page reads. */
async function attack(origin: string, base: (at: Attack['at']) => string, attacks: readonly Attack[]) {
  const page = await browser.newPage();
  await page.goto(origin);
  const found: Record<string, z.infer<typeof seenSchema>> = {};
  for (const { name, at, path, method = 'GET', headers = {}, body } of attacks) {
    for (const mode of ['cors', 'no-cors']) {
      // A page may set any header with CORS, and text/plain alone without.
      const sent = mode === 'cors' ? headers : { 'content-type': 'text/plain' };
      const options = JSON.stringify({ method, mode, headers: sent, ...(body === undefined ? {} : { body }) });
      const seen = await page.evaluate(
        `fetch(${JSON.stringify(`${base(at)}${path}`)}, ${options})
          .then(async (answer) => ({ status: answer.status, text: await answer.text() })).catch(() => null)`,
      );
      found[`${name}, ${mode}`] = seenSchema.parse(seen);
    }
  }
  await page.close();
  return found;
}

function attacks(): Attack[] {
  const { outputs } = cloud.stack;
  const code = { ZipFile: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' };
  const created = {
    FunctionName: 'hostile',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::1:role/x',
  };
  const json = { 'content-type': 'application/json' };
  const operator = { ...json, authorization: `Bearer ${token}` };
  const amz = (target: string) => ({ 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target });
  const machine = JSON.stringify({ stateMachineArn: outputs.StateMachineArn, name: 'hostile', input: '{}' });
  const post = { method: 'POST' };
  const [engine, gateway] = [{ at: 'engine' }, { at: 'gateway' }] as const;
  return [
    {
      ...engine,
      ...post,
      name: 'create function',
      path: '/2015-03-31/functions',
      body: JSON.stringify({ ...created, Code: code }),
    },
    { ...engine, ...post, name: 'invoke', path: `/2015-03-31/functions/${predictName()}/invocations`, body: '{}' },
    { ...engine, name: 'read bucket', path: `/${outputs.DataBucketName}/incoming/rows.csv` },
    {
      ...engine,
      ...post,
      name: 'start execution',
      path: '/',
      headers: amz('AWSStepFunctions.StartExecution'),
      body: machine,
    },
    { ...engine, ...post, name: 'reset', path: '/_ministack/reset' },
    { ...gateway, name: 'read quarantine', path: '/quarantine?batch_id=1' },
    { ...gateway, name: 'read quarantine with a token', path: '/quarantine', headers: operator },
    { ...gateway, name: 'read models', path: '/models' },
    { ...gateway, name: 'read metrics', path: '/metrics' },
    { ...gateway, ...post, name: 'predict', path: '/predict', headers: json, body: '{}' },
    { ...gateway, ...post, name: 'reload', path: '/reload-model', headers: json },
    {
      ...gateway,
      ...post,
      name: 'operate',
      path: '/executions',
      headers: operator,
      body: '{"source":"incoming/rows.csv"}',
    },
  ];
}

const predictName = () =>
  z.record(z.string(), z.string()).parse(JSON.parse(cloud.stack.outputs.FunctionNames)).Predict ?? '';

/** All that the attacks could have changed. */
async function state() {
  const { clients, outputs } = cloud.stack;
  const lambda = new LambdaClient({ endpoint: inject('endpoint'), region: REGION, credentials: inject('credentials') });
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { executions = [] } = await clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: outputs.StateMachineArn }),
  );
  return { functions: Functions.map((fn) => fn.FunctionName).sort(), executions: executions.map(({ name }) => name) };
}

const engineUrl = (host: string) => `http://${host}:${new URL(inject('endpoint')).port}`;
const gatewayUrl = (host: string) => `http://${host}:${new URL(cloud.gateway.url).port}`;

describe.each([
  ['on another origin', '127.0.0.1'],
  ['on a name bound anew to this machine', NAME],
])('a hostile page %s', (_, host) => {
  test.each(['127.0.0.1', 'localhost'])('sees nothing of %s and changes nothing there', async (target) => {
    const before = await state();
    const seen = await attack(
      `http://${host}:${port}/`,
      (at) => (at === 'engine' ? engineUrl : gatewayUrl)(target),
      attacks(),
    );
    for (const [name, answer] of Object.entries(seen)) {
      // What the browser does not show a page has status 0 and no text.
      expect([name, answer?.text ?? '', answer?.status || 0]).toEqual([name, '', 0]);
    }
    expect(await state()).toEqual(before);
  });
});

test('a page whose own name and port are those of the service is told off by it', async () => {
  const before = await state();
  for (const [at, base] of [
    ['engine', engineUrl(NAME)],
    ['gateway', gatewayUrl(NAME)],
  ] as const) {
    const seen = await attack(
      `${base}/`,
      () => base,
      attacks().filter((one) => one.at === at),
    );
    for (const [name, answer] of Object.entries(seen)) expect([name, answer?.status]).toEqual([name, 403]);
    expect(JSON.stringify(seen)).not.toContain(SECRET);
  }
  expect(await state()).toEqual(before);
});

test('any page may ask whether the service is healthy, which shows no data', async () => {
  const health: Attack = { name: 'health', at: 'gateway', path: '/health' };
  const seen = await attack(`http://127.0.0.1:${port}/`, () => gatewayUrl('127.0.0.1'), [health]);
  expect(seen['health, cors']?.status).toBe(200);
});
