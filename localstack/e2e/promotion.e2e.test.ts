import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HIGH_RISK_PRESET } from '../../lambdas/core/encounter/examples.ts';
import { entrySchema, ledgerSchema } from '../../lambdas/core/operations/answers.ts';
import { type Prediction, predictionSchema } from '../../lambdas/core/serving/answers.ts';
import { raced } from './raced.ts';
import { objectKey } from './seed-models.ts';
import { openServingCloud, type ServingCloud } from './serving-cloud.ts';

let cloud: ServingCloud;
let operator: string;

beforeAll(async () => {
  cloud = await openServingCloud();
  operator = await cloud.token('operate');
  expect(await promote(1)).toMatchObject({ status: 201 });
  await post('/reload-model', {});
});
afterAll(() => cloud?.close());

async function post(path: string, body: unknown, base = cloud.gateway.url) {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}
async function get(path: string, base = cloud.gateway.url) {
  const response = await fetch(`${base}${path}`);
  return { status: response.status, json: await response.json() };
}
const predict = async (base = cloud.gateway.url): Promise<Prediction> => {
  const { status, json } = await post('/predict', HIGH_RISK_PRESET, base);
  expect([status, json]).toMatchObject([200, {}]);
  return predictionSchema.parse(json);
};
const ledger = async () => ledgerSchema.parse((await get('/ledger')).json).entries;
const promote = (version: number) => post('/promotions', { version, reason: `version ${version} it is` });

describe('a model object with a flipped byte', () => {
  test('is never served: the last good one is, and health and reload say why', async () => {
    const { clients, outputs } = cloud.stack;
    const [, second] = cloud.models;
    expect(await promote(2)).toMatchObject({ status: 201 });
    for (const file of ['signature.json', 'model.onnx'] as const) {
      const where = { Bucket: outputs.DataBucketName, Key: objectKey(second, file) };
      const { Body } = await clients.s3.send(new GetObjectCommand(where));
      const intact = Body === undefined ? new Uint8Array() : await Body.transformToByteArray();
      const damaged = intact.slice();
      damaged[damaged.length >> 1] ^= 1;
      await clients.s3.send(new PutObjectCommand({ ...where, Body: damaged }));
      expect(await post('/reload-model', {})).toMatchObject({ json: { status: 'refused', version_after: '1' } });
      expect(await get('/health')).toMatchObject({ json: { status: 'healthy', refused: { version: '2' } } });
      expect((await predict()).model_version).toBe('1');
      const fresh = await cloud.openGateway();
      expect(await post('/predict', HIGH_RISK_PRESET, fresh.url)).toMatchObject({ status: 503 });
      await fresh.stop();
      if (file === 'model.onnx') expect(await promote(2)).toMatchObject({ status: 409 });
      await clients.s3.send(new PutObjectCommand({ ...where, Body: intact }));
    }
    expect(await post('/reload-model', {})).toMatchObject({ json: { status: 'reloaded', version_after: '2' } });
  });
});

describe('promotions and rollbacks', () => {
  test('a rollback returns to the version that served before', async () => {
    expect(await post('/rollbacks', { reason: 'it was better' })).toMatchObject({
      status: 201,
      json: { version: 1, action: 'rollback' },
    });
    expect(await get('/models')).toMatchObject({ json: { served_version: 1 } });
  });

  test('a hundred at once leave one chain without fork or gap; losers get 409 and may try again', async () => {
    const before = (await ledger()).length;
    const results = await raced(
      cloud.stack,
      Array.from({ length: 100 }, (_, i) => (i % 3) + 1),
    );
    const won = results.filter((status) => status === 201).length;
    expect(won).toBeGreaterThanOrEqual(1);
    expect(results.filter((status) => status === 409).length).toBe(100 - won);
    const { verification, entries } = ledgerSchema.parse((await get('/ledger')).json);
    expect(verification).toEqual({ valid: true, entries: before + won });
    expect(entries.map((entry) => entrySchema.parse(entry).rev)).toEqual(entries.map((_, i) => i + 1));
    expect(await promote(1)).toMatchObject({ status: 201 });
  });

  test('under load: no error, only versions that were current within 15 s, each with its own probabilities', async () => {
    const gateway = await cloud.openGateway({ workers: 2 });
    const served: { version: string; probability: number; at: number }[] = [];
    let running = true;
    const client = async () => {
      while (running || served.length < 10_000) {
        const { model_version: version, probability } = await predict(gateway.url);
        served.push({ version, probability, at: Date.now() });
      }
    };
    const clients = Array.from({ length: 8 }, client);
    const changes: { version: string; from: number }[] = [{ version: '1', from: 0 }];
    for (const version of [2, 3, null, 1, 3, null, 2]) {
      const change = version === null ? post('/rollbacks', { reason: 'back' }) : promote(version);
      const { version: now } = entrySchema.parse((await change).json);
      changes.push({ version: String(now), from: Date.now() });
      await post('/reload-model', {}, gateway.url);
      const enough = served.length + 1200;
      while (served.length < enough) await new Promise((resolve) => setImmediate(resolve));
    }
    running = false;
    await Promise.all(clients);

    const byVersion = new Map(served.map(({ version, probability }) => [version, probability]));
    expect(byVersion.size).toBeGreaterThan(1);
    expect(new Set(byVersion.values()).size).toBe(byVersion.size); // else a mix of two models could not be seen
    for (const { version, probability, at } of served) {
      expect(byVersion.get(version)).toBe(probability);
      const current = changes.filter(
        ({ from }, i) => from <= at && (changes[i + 1]?.from ?? Number.POSITIVE_INFINITY) >= at - 15_000,
      );
      // A change counts from when its answer came back, a moment after it was written.
      const next = changes.find(({ from }) => from > at);
      expect([...current, ...(next === undefined ? [] : [next])].map((change) => change.version)).toContain(version);
    }
    await gateway.stop();
  });
});

describe('the ledger', () => {
  test('tells who served at a time', async () => {
    const third = entrySchema.parse((await ledger())[2]);
    expect(await get(`/ledger?at=${third.time}`)).toMatchObject({
      json: { verification: { valid: true }, served: { rev: 3 } },
    });
  });

  test('changed by hand, says where, and takes no further entry', async () => {
    const second = entrySchema.parse((await ledger())[1]);
    const { clients, outputs } = cloud.stack;
    const key = { pk: 'ledger#diabetic_risk_model#Production', sk: 'rev#0000000002' };
    const put = (entry: object) =>
      clients.dynamo.send(
        new PutItemCommand({ TableName: outputs.RegistryTableName, Item: marshall({ ...key, ...entry }) }),
      );
    await put({ ...second, reason: 'quite another one' });
    expect(await get('/ledger')).toMatchObject({
      json: { verification: { valid: false, rev: 2, problem: 'changed' } },
    });
    expect(await promote(1)).toMatchObject({ status: 409 });
    await put(second);
    expect(await get('/ledger')).toMatchObject({ json: { verification: { valid: true } } });
  });
});
