// Those who write while the cloud is killed: each operation notes what was acknowledged, after it was.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { entrySchema } from '../../lambdas/core/operations/answers.ts';
import { makeToken } from '../access/make-token.ts';
import { type Acknowledged, CLAIMS, COUNTER } from './acknowledged.ts';
import type { RunningCloud } from './killed-cloud.ts';

export interface Scene {
  readonly cloud: RunningCloud;
  readonly known: Acknowledged;
  /** Bearer token of an operator. */
  readonly operator: string;
  readonly random: () => number;
  /** A name that was not used before in this test. */
  readonly name: () => string;
}

type Operation = (scene: Scene) => Promise<void>;

/** An operation and how often it comes, relative to the others. */
const OPERATIONS: readonly (readonly [Operation, number])[] = [
  [promote, 3],
  [rollBack, 1],
  [token, 2],
  [object, 3],
  [upload, 1],
  [execution, 1],
  [claims, 3],
  [count, 4],
];
const WEIGHT = OPERATIONS.reduce((sum, [, weight]) => sum + weight, 0);

/** Writes until the cloud is gone; any other failure is thrown. */
export async function keepWriting(scene: Scene, isGone: () => boolean): Promise<void> {
  while (!isGone()) {
    try {
      await choose(scene.random())(scene);
    } catch (error) {
      if (!isGone() && !(await isGoneSoon(isGone))) throw error;
    }
  }
}

function choose(uniform: number): Operation {
  let left = uniform * WEIGHT;
  for (const [operation, weight] of OPERATIONS) {
    left -= weight;
    if (left < 0) return operation;
  }
  return count;
}

/** The connection may break a moment before we are told why. */
async function isGoneSoon(isGone: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 1000 && !isGone(); turn++) await new Promise((resolve) => setImmediate(resolve));
  return isGone();
}

async function post({ cloud, operator }: Scene, path: string, body: unknown) {
  const response = await fetch(`${cloud.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operator}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

/** Two operators at once may be in each other's way (409): then nothing was acknowledged. */
async function decide(scene: Scene, path: string, body: unknown): Promise<void> {
  const { status, json } = await post(scene, path, body);
  if (status === 201) scene.known.entries.push(entrySchema.parse(json).hash);
  else if (status !== 409) throw new Error(`POST ${path} was answered ${status}: ${JSON.stringify(json)}`);
}

function promote(scene: Scene): Promise<void> {
  const version = 1 + Math.floor(scene.random() * 3);
  return decide(scene, '/promotions', { version, reason: `kill test ${scene.name()}` });
}

function rollBack(scene: Scene): Promise<void> {
  return decide(scene, '/rollbacks', { reason: `kill test ${scene.name()}` });
}

async function token({ cloud, known, name }: Scene): Promise<void> {
  const about = { name: name(), scopes: ['read'] as const };
  known.tokens.push(await makeToken(cloud.clients.dynamo, cloud.outputs.RegistryTableName, about));
}

async function object({ cloud, known, name, random }: Scene): Promise<void> {
  // Half of them replace an object that is there, which must not be torn either.
  const key = `kill-test/${random() < 0.5 ? `shared-${Math.floor(random() * 5)}` : name()}.bin`;
  const Body = Buffer.alloc(1 + Math.floor(random() * 3_000_000), name());
  const sha256 = createHash('sha256').update(Body).digest('hex');
  const answer = await cloud.clients.s3.send(
    new PutObjectCommand({ Bucket: cloud.outputs.DataBucketName, Key: key, Body, Metadata: { sha256 } }),
  );
  known.objects.push({ key, sha256, etag: answer.ETag, version: answer.VersionId });
}

const begunSchema = z.object({ key: z.string(), upload_id: z.string() });
const storedSchema = z.object({ number: z.int(), etag: z.string() });

async function upload(scene: Scene): Promise<void> {
  const name = scene.name();
  const bytes = Buffer.from(`${name}\n`.repeat(1000));
  const { key, upload_id } = begunSchema.parse((await post(scene, '/uploads', { name: `${name}.csv` })).json);
  const data = gzipSync(bytes).toString('base64');
  const stored = storedSchema.parse((await post(scene, '/uploads/parts', { key, upload_id, number: 1, data })).json);
  const end = await post(scene, '/uploads/ends', { key, upload_id, parts: [stored] });
  if (end.status >= 300) throw new Error(`POST /uploads/ends was answered ${end.status}`);
  scene.known.uploads.push({ key, sha256: createHash('sha256').update(bytes).digest('hex') });
}

async function execution({ cloud, known, name }: Scene): Promise<void> {
  const { executionArn } = await cloud.clients.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: cloud.outputs.StateMachineArn,
      name: name(),
      input: JSON.stringify({ source: 'incoming/kill-test.csv', attempt: 1 }),
    }),
  );
  known.executions.push(z.string().parse(executionArn));
}

async function claims({ cloud, known, name }: Scene): Promise<void> {
  const claim = name();
  known.sentClaims.push(claim);
  const TransactItems = Array.from({ length: CLAIMS }, (_, item) => ({
    Put: {
      TableName: cloud.outputs.TrackingTableName,
      Item: { pk: { S: `kill-test#${claim}` }, sk: { S: `claim#${item}` } },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
  await cloud.clients.dynamo.send(new TransactWriteItemsCommand({ TransactItems }));
  known.claims.push(claim);
}

async function count({ cloud, known }: Scene): Promise<void> {
  known.attempted += 1;
  await cloud.clients.dynamo.send(
    new UpdateItemCommand({
      ...{ TableName: cloud.outputs.MetricsTableName, Key: COUNTER, UpdateExpression: 'ADD n :one' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
  known.counted += 1;
}
