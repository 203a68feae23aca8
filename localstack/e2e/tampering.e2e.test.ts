// What somebody who can write to the tables and the bucket changes behind the system's back is noticed, not served.
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HIGH_RISK_PRESET } from '../../lambdas/core/encounter/examples.ts';
import { keys } from '../../lambdas/core/run/keys.ts';
import { openServingCloud, type ServingCloud } from './serving-cloud.ts';

let cloud: ServingCloud;
let operator: string;

beforeAll(async () => {
  cloud = await openServingCloud();
  operator = await cloud.token('operate');
  expect(await promote(1)).toMatchObject({ status: 201 });
  expect(await promote(2)).toMatchObject({ status: 201 });
  await post('/reload-model', {});
});
afterAll(() => cloud?.close());

async function post(path: string, body: unknown, base = cloud.gateway.url) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${operator}` };
  const response = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, json: await response.json() };
}
async function get(path: string, base = cloud.gateway.url) {
  const response = await fetch(`${base}${path}`);
  return { status: response.status, json: await response.json() };
}
const promote = (version: number) => post('/promotions', { version, reason: `version ${version} it is` });

const LEDGER = 'ledger#diabetic_risk_model#Production';
const rev = (n: number) => ({ pk: LEDGER, sk: `rev#${String(n).padStart(10, '0')}` });
const version = (n: number) => ({ pk: 'model#diabetic_risk_model', sk: `version#${String(n).padStart(10, '0')}` });

/** Changes an item, or deletes it with null, while something is looked at; then puts it back. */
async function withItem(key: { pk: string; sk: string }, change: object | null, look: () => Promise<void>) {
  const { dynamo } = cloud.stack.clients;
  const TableName = cloud.stack.outputs.RegistryTableName;
  const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key: marshall(key) }));
  const before = unmarshall(Item ?? {});
  if (change === null) await dynamo.send(new DeleteItemCommand({ TableName, Key: marshall(key) }));
  else await dynamo.send(new PutItemCommand({ TableName, Item: marshall({ ...before, ...change }) }));
  try {
    await look();
  } finally {
    await dynamo.send(new PutItemCommand({ TableName, Item: marshall(before) }));
  }
}

async function withObject(Key: string, change: (text: string) => string, look: () => Promise<void>) {
  const where = { Bucket: cloud.stack.outputs.DataBucketName, Key };
  const { Body } = await cloud.stack.clients.s3.send(new GetObjectCommand(where));
  const before = Body === undefined ? new Uint8Array() : await Body.transformToByteArray();
  const text = Buffer.from(before).toString('latin1');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await cloud.stack.clients.s3.send(new PutObjectCommand({ ...where, Body: Buffer.from(changed, 'latin1') }));
  try {
    await look();
  } finally {
    await cloud.stack.clients.s3.send(new PutObjectCommand({ ...where, Body: before }));
  }
}
const modelKey = (n: number, file: Parameters<typeof keys.model>[1]) =>
  keys.model(cloud.models[n - 1]?.sha256 ?? '', file);

describe('the ledger', () => {
  test('whose head was deleted is not valid, takes no entry, and brings no older model back', async () => {
    await withItem(rev(2), null, async () => {
      expect(await get('/ledger')).toMatchObject({
        json: { verification: { valid: false, rev: 2, problem: 'truncated' } },
      });
      expect(await promote(1)).toMatchObject({ status: 409 });
      expect(await post('/reload-model', {})).toMatchObject({
        json: { status: 'refused', version_after: '2', message: expect.stringContaining('entries were removed') },
      });
      const fresh = await cloud.openGateway();
      expect(await post('/predict', HIGH_RISK_PRESET, fresh.url)).toMatchObject({
        status: 503,
        json: { detail: expect.stringContaining('the ledger was tampered with') },
      });
      await fresh.stop();
    });
    expect(await get('/ledger')).toMatchObject({ json: { verification: { valid: true, entries: 2 } } });
    expect(await post('/reload-model', {})).toMatchObject({ json: { status: 'unchanged', version_after: '2' } });
  });

  test('whose head is damaged is named as that: the registry can be reached', async () => {
    await withItem(rev(2), { reason: 'quite another one' }, async () => {
      expect(await post('/reload-model', {})).toMatchObject({
        json: { status: 'refused', message: expect.stringContaining('rev 2 was changed by hand') },
      });
      expect(await get('/health')).toMatchObject({
        json: { status: 'healthy', registry_connected: true, refused: { version: null } },
      });
    });
    await post('/reload-model', {});
    expect(await get('/health')).toMatchObject({ json: { refused: null } });
  });
});

describe('a version of the registry', () => {
  test('that points to another model is not promoted, nor shown', async () => {
    await withItem(version(3), { sha256: cloud.models[0]?.sha256 }, async () => {
      expect(await promote(3)).toMatchObject({ status: 409, json: { type: 'urn:readmit:problem:tampered' } });
      expect(await get('/models/3')).toMatchObject({ status: 409 });
    });
    expect(await get('/models/3')).toMatchObject({ status: 200, json: { version: 3 } });
  });
});

describe('an artifact that was changed', () => {
  test.each(['evaluation.json', 'signature.json', 'manifest.json'] as const)(
    '%s: GET /models/2 names it',
    async (file) => {
      await withObject(modelKey(2, file), flipDigit, async () => {
        expect(await get('/models/2')).toMatchObject({ status: 409, json: { detail: expect.stringContaining(file) } });
      });
      expect(await get('/models/2')).toMatchObject({ status: 200 });
    },
  );

  test('the served model does not boast with a better evaluation', async () => {
    await withObject(modelKey(2, 'evaluation.json'), flipDigit, async () => {
      const fresh = await cloud.openGateway();
      expect(await get('/model-info', fresh.url)).toMatchObject({ status: 409 });
      await fresh.stop();
    });
  });

  test('damaged trees are a problem of the explanation alone', async () => {
    await withObject(modelKey(2, 'trees.json'), flipDigit, async () => {
      const fresh = await cloud.openGateway();
      expect(await post('/predict?explain=true', HIGH_RISK_PRESET, fresh.url)).toMatchObject({
        status: 503,
        json: { detail: expect.stringContaining('trees.json') },
      });
      expect(await post('/predict', HIGH_RISK_PRESET, fresh.url)).toMatchObject({ status: 200 });
      await fresh.stop();
    });
  });
});

/** Changes one digit in the middle of a JSON text, which stays JSON. */
function flipDigit(text: string): string {
  const at = text.search(/[1-8](?=\d{3})/);
  const digit = Number(text[at]);
  return `${text.slice(0, at)}${digit + 1}${text.slice(at + 1)}`;
}
