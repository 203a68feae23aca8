import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_DATASET } from '../../lambdas/core/dataset/named.ts';
import { decodeTable } from '../../lambdas/core/encounter/table.ts';
import type { ChainRequest } from '../chain/request.ts';
import { uploadSource } from '../upload.ts';
import { useStack } from './in-process.ts';
import { allItems, empty, execute, objectBytes, objectHashes, stack, type Trained } from './stack.ts';

const twin = stack('twin');
const [header = '', ...rows] = readFileSync(inject('sample'), 'utf8').split('\r\n').filter(Boolean);
const quarantinedSchema = z.object({ reason: z.string(), message: z.string(), raw: z.string() });

/** A file of these rows, under incoming/. */
async function given(name: string, lines: readonly string[]): Promise<ChainRequest> {
  const path = join(inject('folder'), name);
  writeFileSync(path, [header, ...lines].map((line) => `${line}\r\n`).join(''));
  const { key, sha256 } = await uploadSource(twin.clients.s3, twin.outputs.DataBucketName, path);
  // The constant is fitted in no time: these tests are about rows.
  return { source: key, sha256, deployed: '', candidates: [{ algorithm: 'constant' }] };
}

const train = async (name: string, lines: readonly string[], mark = ''): Promise<Trained> =>
  execute(twin, { ...(await given(name, lines)), deployed: mark });

/** encounter_id of every clean row, batch by batch. */
async function cleanIds(): Promise<number[]> {
  const parts = Object.keys(await objectHashes(twin, 'clean/'));
  const tables = await Promise.all(
    parts.map(async (key) => decodeTable(await objectBytes(twin, key), DEFAULT_DATASET)),
  );
  return tables.flatMap(({ encounterIds }) => [...encounterIds]);
}

async function quarantined() {
  const keys = Object.keys(await objectHashes(twin, 'quarantine/')).filter((key) => key.endsWith('.jsonl'));
  const texts = await Promise.all(keys.map(async (key) => new TextDecoder().decode(await objectBytes(twin, key))));
  const lines = texts.flatMap((text) => text.split('\n').filter(Boolean));
  return lines.map((line) => quarantinedSchema.parse(JSON.parse(line)));
}

/** The route's own handler, called by an operator. */
async function withdrawalOf(batchId: number, reason: string): Promise<unknown> {
  useStack(twin.outputs, twin.clients, {});
  const { handler } = await import('../../lambdas/api/pipeline/handler.ts');
  const event = {
    ...{ httpMethod: 'POST', resource: '/batches/{id}/withdrawals', path: `/batches/${batchId}/withdrawals` },
    ...{ pathParameters: { id: String(batchId) }, queryStringParameters: null, isBase64Encoded: false },
    ...{ headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reason }) },
    requestContext: { requestId: 'r', authorizer: { actor: 'ana', scopes: 'operate' } },
  };
  return z.custom<(event: unknown, context: object) => Promise<unknown>>().parse(handler)(event, {});
}

const idOf = (row: string) => row.slice(0, row.indexOf(','));
const withId = (row: string, id: string) => id + row.slice(row.indexOf(','));
const states = ({ facts }: Trained) => facts.states.map(({ state }) => state);

describe('two files that share 600 rows', () => {
  beforeAll(() => empty(twin));

  it('brought in at the same moment put each row into exactly one batch', async () => {
    const left = await given('left.csv', rows.slice(0, 2000));
    const right = await given('right.csv', rows.slice(1400, 3400));
    const both = await Promise.all([execute(twin, left), execute(twin, right)]);
    expect(both.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const ids = await cleanIds();
    expect(ids).toHaveLength(3400);
    expect(new Set(ids).size).toBe(3400);
    const aside = await quarantined();
    expect(aside.filter(({ reason }) => reason === 'duplicate_encounter_id')).toHaveLength(600);
  });
});

describe('a file whose execution died while it was taken in', () => {
  it('stops no other file, and is taken in whole when it is given again', async () => {
    await empty(twin);
    const dead = await given('dead.csv', rows.slice(0, 500));
    // As far as an Ingest comes that is killed right after it took a number: nothing is stored under it.
    const batch = {
      ...{ batch_id: 1, source_sha256: dead.sha256, source_key: dead.source, ordinal: 0, first_line: 2 },
      ...{ rows: 500, bytes: 1, sha256: '' },
    };
    const keys = [
      { pk: 'batches', sk: 'batch#0000000001' },
      { pk: `source#${dead.sha256}`, sk: 'batch#0000000000' },
    ];
    for (const key of keys) {
      const item = marshall({ ...key, ...batch });
      await twin.clients.dynamo.send(new PutItemCommand({ TableName: twin.outputs.TrackingTableName, Item: item }));
    }
    const other = await train('other.csv', rows.slice(400, 900));
    expect(other).toMatchObject({ status: 'SUCCEEDED', facts: { report: { rows: 500, quarantined: {} } } });
    expect((await execute(twin, dead)).status).toBe('SUCCEEDED');
    const ids = await cleanIds();
    expect([ids.length, new Set(ids).size]).toEqual([900, 900]);
  });
});

describe('an encounter that comes again', () => {
  const [first = '', second = '', third = '', ...others] = rows.slice(5000, 5400);
  const long = '1234567890123456';

  beforeAll(async () => {
    await empty(twin);
    await train('first.csv', [first, second.replace(/\[\d+-\d+\)/, 'old'), withId(third, long), ...others]);
  });

  it('is a duplicate when its id is quoted, or has 16 digits', async () => {
    const again = [withId(first, `"${idOf(first)}"`), withId(third, `"${long}"`), withId(third, long)];
    await train('again.csv', [...again, ...rows.slice(5400, 5700)]);
    const ids = await cleanIds();
    expect(ids.filter((id) => id === Number(idOf(first)))).toHaveLength(1);
    expect(ids.filter((id) => id === Number(long))).toHaveLength(1);
    const messages = (await quarantined()).flatMap(({ reason, message }) =>
      reason === 'duplicate_encounter_id' ? [message] : [],
    );
    const expected = [idOf(first), long, long].map((id) => `encounter ${id} stands already in batch 1`);
    expect(messages.sort()).toEqual(expected.sort());
  });

  it('is taken when the row that came first is in quarantine', async () => {
    expect(await cleanIds()).not.toContain(Number(idOf(second)));
    await train('corrected.csv', [second, ...rows.slice(5700, 6000)]);
    expect(await cleanIds()).toContain(Number(idOf(second)));
  });

  it('with nothing but such rows in a file ends as unchanged after Clean, naming why, without a training', async () => {
    const ended = await train('nothing-new.csv', [first, third.replace(idOf(third), '"'), ...others]);
    expect(ended.facts.outcome).toBe('unchanged');
    expect(ended.facts.reason).toContain('none of the 399 new rows can be trained on');
    expect(ended.facts.reason).toContain('398 duplicate_encounter_id');
    expect(states(ended)).toContain('Clean');
    expect(states(ended)).not.toContain('Train');
  });
});

describe('a batch that is withdrawn', () => {
  const [a, b, c] = [rows.slice(0, 4000), rows.slice(3800, 5000), rows.slice(4700, 6500)];
  const candidates = [{ algorithm: 'logistic_regression' as const }];
  // The same request is the same execution, also after the stack was emptied: each of these is to run.
  let mark = 0;
  const trainOn = async (name: string, lines: readonly string[]) =>
    execute(twin, { ...(await given(name, lines)), candidates, deployed: `withdrawal-${mark++}` });
  const newestModel = async () => {
    const models = (await allItems(twin, twin.outputs.RegistryTableName)).filter(({ sk }) => sk.startsWith('version#'));
    return models.at(-1)?.sha256;
  };

  it('leaves model bytes as if it had never come, and what it held goes to those that had lost it', async () => {
    await empty(twin);
    await trainOn('a.csv', a);
    await trainOn('c.csv', c);
    const never = await newestModel();
    await empty(twin);
    await trainOn('a.csv', a);
    await trainOn('b.csv', b);
    expect(await withdrawalOf(2, 'rows of another hospital')).toMatchObject({ statusCode: 201 });
    const { facts } = await trainOn('c.csv', c);
    expect(await newestModel()).toBe(never);
    expect(facts.report?.rows).toBe(5800);
    expect(facts.report?.withdrawn).toEqual([{ batch_id: 2, rows: 1200, reason: 'rows of another hospital' }]);
    expect(await withdrawalOf(2, 'once more')).toMatchObject({ statusCode: 409 });
    expect(await withdrawalOf(77, 'never was')).toMatchObject({ statusCode: 404 });
  });

  it('comes back when its file is given again, and each row still stands once', async () => {
    const { facts } = await trainOn('b-again.csv', b);
    expect(facts.report).toMatchObject({ rows: 7000, quarantined: { duplicate_encounter_id: 500 }, withdrawn: [] });
  });
});

describe('an execution that died after its promotion was in the ledger', () => {
  it('is followed by one that completes its record instead of rejecting the model that serves', async () => {
    await empty(twin);
    const file = rows.slice(0, 20_000);
    const request = {
      ...(await given('promoted.csv', file)),
      candidates: [{ algorithm: 'logistic_regression' as const }],
    };
    const before = await execute(twin, request);
    expect(before.facts).toMatchObject({ outcome: 'promoted', champion: { version: 1, rev: 1 } });
    const outcomes = async () =>
      (await allItems(twin, twin.outputs.TrackingTableName)).filter(({ pk }) => pk === 'outcomes');
    const recorded = await outcomes();
    for (const { pk, sk } of recorded) {
      const Key = marshall({ pk, sk });
      await twin.clients.dynamo.send(new DeleteItemCommand({ TableName: twin.outputs.TrackingTableName, Key }));
    }
    const after = await execute(twin, { ...request, deployed: 'again' });
    expect(after.facts).toMatchObject({ outcome: 'promoted', champion: { version: 1, rev: 1 } });
    expect(states(after)).not.toContain('Train');
    expect(await outcomes()).toMatchObject([{ outcome: 'promoted', version: 1, run_id: recorded[0]?.run_id }]);
  });
});
