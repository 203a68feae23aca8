// Counts under load and after a crash: what /metrics says against what clients were told.
import { spawnSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { gunzipSync, gzipSync } from 'node:zlib';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { FIELD_LIST } from '../../lambdas/core/encounter/contract.ts';
import { recordGroupSchema, recordsOf } from '../../lambdas/core/loop/record/record.ts';
import { fromItems, SKETCH_PREFIX } from '../../lambdas/core/loop/sketch/stored.ts';
import { predictionLine } from '../../lambdas/core/serving/prediction-line.ts';
import { REGION } from '../clients.ts';
import { freePort } from '../engine/ports.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import { PROMTOOL } from '../microk8s/installed.ts';
import { type Series, scrape, total } from './exposition.ts';
import { predictMany } from './load.ts';
import { until } from './programs.ts';
import { allItems, stack, trainSample } from './stack.ts';

const main = stack('main');
const REQUESTS = 20_000;
const CRASH_AT = 8_000;
/** Longer than /metrics keeps a reading and the gateway keeps a log line. */
const SETTLED_MS = 4000;
const example = (name: string) => readFileSync(join(import.meta.dirname, '..', 'examples', `${name}.json`), 'utf8');
const BODIES = ['high-risk', 'low-risk', 'third-patient'].map(example);

const workers: Worker[] = [];
const onWorker = (message: unknown) => {
  const created = z.object({ worker: z.instanceof(Worker) }).safeParse(message);
  if (created.success) workers.push(created.data.worker);
};
let gateway: Gateway;
let keptBefore: number;

const metrics = () => scrape(`${gateway.url}/metrics`);
const predictions = (series: Series) => total(series, 'predictions_total');
/** Items of the Metrics table whose partition or sort key begins so. */
const stored = async (key: 'pk' | 'sk', prefix: string) =>
  (await allItems(main, main.outputs.MetricsTableName)).filter((item) => item[key].startsWith(prefix));
const sketches = async () =>
  fromItems(await stored('sk', SKETCH_PREFIX)).filter(({ dataset }) => dataset !== 'replayed');
const sketched = async () => (await sketches()).reduce((sum, { sketch }) => sum + sketch.rows, 0);

/** The counters once nothing moves any more. */
async function settled(): Promise<Series> {
  let before = await metrics();
  for (;;) {
    await pause(SETTLED_MS);
    const after = await metrics();
    if (total(after, 'readmit_log_deliveries_total') === total(before, 'readmit_log_deliveries_total')) return after;
    before = after;
  }
}

beforeAll(async () => {
  await trainSample(main);
  subscribe('worker_threads', onWorker);
  gateway = await startGateway({
    endpoint: inject('endpoint'),
    credentials: inject('credentials'),
    apiId: main.outputs.ApiId,
    port: await freePort(),
    codeDirectory: join(inject('folder'), 'code'),
    workers: 3,
  });
});
afterAll(async () => {
  unsubscribe('worker_threads', onWorker);
  await gateway?.stop();
});

test('20,000 predictions by three workers, one of which crashes: the counters equal the answers given', async () => {
  const [, victim] = workers; // the three that predict are started first
  const before = await settled();
  keptBefore = await sketched();
  const told = await predictMany({
    ...{ url: gateway.url, bodies: BODIES, count: REQUESTS, connections: 24 },
    onAnswer: (answered) => {
      if (answered === CRASH_AT) victim?.terminate();
    },
  });
  const answered = told.statuses.get(200) ?? 0;
  const failed = told.statuses.get(502) ?? 0;
  expect([...told.statuses.keys()].filter((status) => status !== 200 && status !== 502)).toEqual([]);
  expect(answered + failed).toBe(REQUESTS);
  expect(answered).toBeGreaterThan(REQUESTS - 100);

  await until('all are counted', async () => predictions(await metrics()) - predictions(before) >= answered);
  const after = await settled();
  for (const [key, n] of told.predictions) {
    const [version, prediction] = key.split('/');
    const series = `predictions_total{model_version="${version}",prediction="${prediction}"}`;
    expect([series, (after.get(series) ?? 0) - (before.get(series) ?? 0)]).toEqual([series, n]);
  }
  const gained = (name: string) => total(after, name) - total(before, name);
  expect(gained('predictions_total')).toBe(answered);
  expect(gained('prediction_duration_seconds_count')).toBe(answered);
  expect(gained('prediction_errors_total')).toBe(0);
  const mean = gained('prediction_duration_seconds_sum') / answered;
  expect(mean).toBeGreaterThan(0);
  expect(mean).toBeLessThan(1);
}, 240_000);

test('records hold each of these predictions once, sketches add up to the records, and no value of an encounter is in them', async () => {
  const items = await stored('pk', 'records#');
  const texts = items.map(({ records }) => gunzipSync(z.instanceof(Uint8Array).parse(records)).toString('utf8'));
  const records = texts.flatMap((text) => z.array(recordGroupSchema).parse(JSON.parse(text))).flatMap(recordsOf);
  expect(new Set(records.map(({ prediction_id: id }) => id)).size).toBe(records.length);

  const days = await sketches();
  expect((await sketched()) - keptBefore).toBeGreaterThan(REQUESTS - 100);
  expect(await sketched()).toBe(records.length);
  const recomputed = records.reduce((sum, { probability }) => sum + Math.round(probability * 1e6), 0);
  const kept = days.flatMap(({ sketch }) => sketch.probability_e6).reduce((sum, n) => sum + n, 0);
  expect(kept).toBe(recomputed);

  const told = days.flatMap(({ sketch }) => [...sketch.levels.values()]);
  const rows = told.reduce((sum, level) => sum + level.rows, 0);
  // Each function holds back fewer than 20 encounters, and one that crashed took its own with it.
  expect(rows).toBeGreaterThan(REQUESTS - 200);
  const counted = told.flatMap(({ counts }) => [...counts.values()]).reduce((sum, n) => sum + n, 0);
  expect(counted).toBe(rows * FIELD_LIST.length);
  expect(/Caucasian|\[70-80\)|"428"/.test(texts.join() + JSON.stringify(days))).toBe(false);
});

test('a log batch that is delivered again, even at the same time, counts once', async () => {
  const before = await settled();
  const deliver = monitor(Array.from({ length: 7 }, (_, i) => `replayed-${Date.now()}-${i}`));
  const outcomes = await Promise.all([deliver(), deliver(), deliver()]);
  expect([...outcomes, await deliver()].map(({ outcome }) => outcome).sort()).toEqual([
    'counted',
    'known',
    'known',
    'known',
  ]);
  const after = await settled();
  expect(predictions(after) - predictions(before)).toBe(7);
  expect(total(after, 'prediction_duration_seconds_count') - total(before, 'prediction_duration_seconds_count')).toBe(
    7,
  );
});

test('requests that get no prediction are counted by kind, those in batches too', async () => {
  const before = await settled();
  const post = (path: string, body: string) =>
    fetch(gateway.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await post('/predict', '{"race":"Martian"}');
  await post('/predict', '{"race":');
  const batch = BODIES.slice(0, 2).map((body) => z.record(z.string(), z.unknown()).parse(JSON.parse(body)));
  expect((await post('/predict/batch', JSON.stringify([...batch, {}, { race: 1 }]))).status).toBe(200);
  await until('the batch is counted', async () => predictions(await metrics()) - predictions(before) >= 2);
  const after = await settled();
  const gained = (kind: string) => {
    const series = `prediction_errors_total{error_type="${kind}"}`;
    return (after.get(series) ?? 0) - (before.get(series) ?? 0);
  };
  expect([gained('invalid'), gained('malformed-json'), gained('internal')]).toEqual([3, 1, 0]);
  expect(predictions(after) - predictions(before)).toBe(2);
});

test('/metrics speaks OpenMetrics to whom asks for it, Prometheus text to all others', async () => {
  const accept = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';
  const open = await fetch(`${gateway.url}/metrics`, { headers: { accept } });
  expect(open.headers.get('content-type')).toContain('application/openmetrics-text; version=1.0.0');
  expect((await open.text()).endsWith('# EOF\n')).toBe(true);
  const plain = await fetch(`${gateway.url}/metrics`);
  expect(plain.headers.get('content-type')).toContain('text/plain; version=0.0.4');
});

test.skipIf(!PROMTOOL)('promtool check metrics has no complaint about /metrics (needs promtool)', async () => {
  const input = await (await fetch(`${gateway.url}/metrics`)).text();
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

/** The deployed monitor, called with what CloudWatch Logs would hand it for these requests. */
function monitor(requestIds: readonly string[]) {
  const names = z.record(z.string(), z.string()).parse(JSON.parse(main.outputs.FunctionNames));
  const judged = [{ position: 0, prediction: 1 as const, margin: -1, probability: 0.25, warnings: [] }];
  const logEvents = requestIds.map((requestId, i) => ({
    ...{ id: String(i), timestamp: Date.now() },
    message: JSON.stringify(
      predictionLine({
        requestId,
        judged,
        time: Date.now(),
        ...{ environment: 'local', dataset: 'replayed', contract: '0'.repeat(16), explained: false, levels: null },
        model: { version: '1', sha256: 'a'.repeat(64), threshold: 0.2 },
        ...{ durationMs: 3, errors: 0 },
      }),
    ),
  }));
  const payload = { messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/predict', logStream: 'a test', logEvents };
  const event = { awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } };
  const client = new LambdaClient({ endpoint: inject('endpoint'), region: REGION, credentials: inject('credentials') });
  return async () => {
    const command = new InvokeCommand({ FunctionName: names.Monitor, Payload: JSON.stringify(event) });
    const { Payload: answer } = await client.send(command);
    return z.object({ outcome: z.string() }).parse(JSON.parse(Buffer.from(answer ?? []).toString('utf8')));
  };
}
