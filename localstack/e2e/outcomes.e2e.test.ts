// Outcomes of predictions, reported to a deployed stack: each once, corrections as revisions, no reference in clear anywhere.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { outcomesAnswerSchema } from '../../lambdas/core/loop/outcome/report.ts';
import { driftSchema, performanceSchema } from '../../lambdas/core/loop/performance/answers.ts';
import { predictionSchema } from '../../lambdas/core/serving/answers.ts';
import { until } from './programs.ts';
import { openServingCloud, type ServingCloud } from './serving-cloud.ts';
import { allItems, emptyTable } from './stack.ts';

let cloud: ServingCloud;
let tokens: { outcomes: string; operate: string };
const REFERENCE = 'PLANTED-STAY-4711';
const BODY = z
  .record(z.string(), z.unknown())
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'examples', 'high-risk.json'), 'utf8')));

async function post(path: string, body: unknown, token?: string): Promise<{ status: number; json: unknown }> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(cloud.gateway.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, json: await response.json() };
}
const report = async (...outcomes: readonly object[]) =>
  outcomesAnswerSchema.parse((await post('/outcomes', { outcomes }, tokens.outcomes)).json);
const items = () => allItems(cloud.stack, cloud.stack.outputs.MetricsTableName);
const yes = (more: object) => ({ readmitted: true, observed_at: new Date().toISOString(), source: 'feed', ...more });

beforeAll(async () => {
  cloud = await openServingCloud();
  // What other tests predicted today would stand in the same cohort.
  await emptyTable(cloud.stack, cloud.stack.outputs.MetricsTableName);
  tokens = { outcomes: await cloud.token('outcomes'), operate: await cloud.token('operate') };
  const promoted = await post('/promotions', { version: 1, reason: 'for this test' }, tokens.operate);
  expect(promoted.status).toBe(201);
  // A function that looked before looks again within 15 s; this test does not wait.
  expect(await post('/reload-model', {})).toMatchObject({ json: { status: 'reloaded' } });
});
afterAll(() => cloud?.close());

test('outcomes find their predictions by name and by reference, each once, and a correction is a revision', async () => {
  // An outcome of an encounter that nothing is known of is kept and told. It also draws the key of the references.
  expect(await report(yes({ encounter_ref: 'stay-unknown' }))).toEqual({
    ...{ received: 1, recorded: 1, corrected: 0, known: 0, unknown: [0] },
  });
  const named = predictionSchema.parse((await post('/predict', BODY)).json);
  const referred = predictionSchema.parse((await post('/predict', { ...BODY, encounter_ref: REFERENCE })).json);
  expect(new Set([named.prediction_id, referred.prediction_id]).size).toBe(2);
  await until('both are recorded', async () => {
    const records = (await items()).filter(({ pk }) => pk.startsWith('records#'));
    return records.reduce((sum, { predictions }) => sum + Number(predictions), 0) >= 2;
  });

  const both = [yes({ prediction_id: named.prediction_id }), yes({ encounter_ref: REFERENCE })];
  expect(await report(...both)).toEqual({ received: 2, recorded: 2, corrected: 0, known: 0, unknown: [] });
  expect(await report(...both)).toEqual({ received: 2, recorded: 0, corrected: 0, known: 2, unknown: [] });
  const corrected = yes({ prediction_id: referred.prediction_id, source: 'correction' });
  expect(await report(corrected)).toMatchObject({ recorded: 1, corrected: 1 });
  const kept = (await items()).filter(
    ({ pk, sk }) => pk.startsWith('outcomes#2') && sk.includes(referred.prediction_id),
  );
  expect(kept).toHaveLength(2);
});

test('what was predicted today is not scored, and both answers say what is missing', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const get = async (path: string) => (await fetch(cloud.gateway.url + path)).json();
  const performance = performanceSchema.parse(await get(`/performance?from=${today}&to=${today}`));
  expect(performance.cohorts).toMatchObject([{ day: today, ripe: false, predictions: 2, outcomes: 2 }]);
  expect(performance).toMatchObject({ versions: [{ model_version: '1', figures: null }], unknown_outcomes: 0 });
  expect(performance.note).toContain('No cohort is ripe before');
  expect(driftSchema.parse(await get('/drift'))).toMatchObject({ versions: [], note: expect.any(String) });
});

test('no reference stands in clear in any table', async () => {
  const { outputs } = cloud.stack;
  const tables = [outputs.MetricsTableName, outputs.RegistryTableName, outputs.TrackingTableName];
  const all = (await Promise.all(tables.map((table) => allItems(cloud.stack, table)))).flat();
  const texts = all.map((item) => {
    const packed = z.instanceof(Uint8Array).safeParse(item.records).data;
    return JSON.stringify(item) + (packed === undefined ? '' : gunzipSync(packed).toString('utf8'));
  });
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.filter((text) => text.includes(REFERENCE) || text.includes('stay-unknown'))).toEqual([]);
});
