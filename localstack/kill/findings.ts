// What must hold after a hard end: nothing acknowledged is lost, nothing is half there, there is one stack.
import { createHash } from 'node:crypto';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { entrySchema, ledgerSchema } from '../../lambdas/core/operations/answers.ts';
import { type Acknowledged, CLAIMS, COUNTER, type StoredObject } from './acknowledged.ts';
import type { RunningCloud } from './killed-cloud.ts';

/** A sentence for each thing that is not as it was acknowledged; none when all is well. */
export async function findings(cloud: RunningCloud, known: Acknowledged, buckets: number): Promise<string[]> {
  const found = [
    await ledger(cloud, known),
    ...(await each(known.tokens, (token) => tokenOf(cloud, token))),
    ...(await each(known.objects, (object) => storedObject(cloud, object))),
    ...(await each(known.uploads, (object) => bytesOf(cloud, object.key, object.sha256))),
    ...(await each(known.executions, (arn) => executionOf(cloud, arn))),
    ...(await each(known.sentClaims, (claim) => claimOf(cloud, claim, known.claims.includes(claim)))),
    await counter(cloud, known),
    await oneStack(cloud, buckets),
  ];
  return found.filter((finding) => finding !== null);
}

async function each<T>(all: readonly T[], check: (one: T) => Promise<string | null>): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let start = 0; start < all.length; start += 16) {
    found.push(...(await Promise.all(all.slice(start, start + 16).map(check))));
  }
  return found;
}

async function ledger({ url }: RunningCloud, { entries: wanted }: Acknowledged): Promise<string | null> {
  const { verification, entries } = ledgerSchema.parse(await (await fetch(`${url}/ledger`)).json());
  if (!verification.valid) return `the ledger does not hold together: ${verification.text}`;
  const there = entries.map((entry) => entrySchema.parse(entry));
  const hashes = new Set(there.map(({ hash }) => hash));
  const lost = wanted.filter((hash) => !hashes.has(hash));
  if (lost.length > 0) return `${lost.length} acknowledged ledger entries are lost`;
  return there.every(({ rev }, index) => rev === index + 1) ? null : 'the ledger has a gap';
}

async function tokenOf({ clients, outputs }: RunningCloud, token: string): Promise<string | null> {
  const pk = { S: `token#${createHash('sha256').update(token).digest('hex')}` };
  const { Item } = await clients.dynamo.send(
    new GetItemCommand({ TableName: outputs.RegistryTableName, Key: { pk, sk: { S: 'token' } } }),
  );
  return Item ? null : 'an acknowledged token is lost';
}

async function bytesOf(cloud: RunningCloud, key: string, sha256: string): Promise<string | null> {
  const found = await read(cloud, key);
  if (found === null) return `the acknowledged file ${key} is lost`;
  return found.sha256 === sha256 ? null : `${key} has other bytes`;
}

/** The acknowledged version by its id, and whatever is current: its own description must fit its bytes. */
async function storedObject(cloud: RunningCloud, { key, sha256, etag, version }: StoredObject): Promise<string | null> {
  const [exact, current] = [await read(cloud, key, version), await read(cloud, key)];
  if (exact === null || current === null) return `the acknowledged object ${key} ${version} is lost`;
  if (exact.sha256 !== sha256 || exact.etag !== etag) return `${key} ${version} has other bytes or another ETag`;
  if (exact.described !== sha256) return `${key} ${version} has lost its description`;
  return current.sha256 === current.described ? null : `${key} is torn: its bytes are not those of its description`;
}

async function read({ clients, outputs }: RunningCloud, Key: string, VersionId?: string) {
  const command = new GetObjectCommand({
    ...{ Bucket: outputs.DataBucketName, Key },
    ...(VersionId ? { VersionId } : {}),
  });
  const found = await clients.s3.send(command).catch(() => null);
  if (!found?.Body) return null;
  const sha256 = createHash('sha256')
    .update(await found.Body.transformToByteArray())
    .digest('hex');
  return { sha256, etag: found.ETag, described: found.Metadata?.sha256 };
}

async function executionOf({ clients }: RunningCloud, executionArn: string): Promise<string | null> {
  const found = await clients.sfn.send(new DescribeExecutionCommand({ executionArn })).catch(() => null);
  if (found === null) return `the acknowledged execution ${executionArn} is lost`;
  return found.status === 'RUNNING' ? `${executionArn} seems to run, though nothing carries it on` : null;
}

async function claimOf({ clients, outputs }: RunningCloud, claim: string, answered: boolean): Promise<string | null> {
  const { Count = 0 } = await clients.dynamo.send(
    new QueryCommand({
      ...{ TableName: outputs.TrackingTableName, KeyConditionExpression: 'pk = :pk', ConsistentRead: true },
      ExpressionAttributeValues: { ':pk': { S: `kill-test#${claim}` } },
    }),
  );
  if (Count === CLAIMS || (Count === 0 && !answered)) return null;
  return Count === 0 ? `an acknowledged transaction is lost` : `a transaction is there by ${Count} of ${CLAIMS} items`;
}

async function counter({ clients, outputs }: RunningCloud, known: Acknowledged): Promise<string | null> {
  const { Item } = await clients.dynamo.send(
    new GetItemCommand({ TableName: outputs.MetricsTableName, Key: COUNTER, ConsistentRead: true }),
  );
  const value = Number(Item?.n?.N ?? 0);
  if (value < known.counted) return `${known.counted - value} acknowledged additions are lost`;
  return value > known.attempted ? `${value} was counted, more than was sent` : null;
}

async function oneStack({ clients, fresh }: RunningCloud, buckets: number): Promise<string | null> {
  const { Stacks = [] } = await clients.cloudFormation.send(new DescribeStacksCommand({}));
  const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
  if (fresh || Stacks.length !== 1) return `there are ${Stacks.length} stacks${fresh ? ', one deployed anew' : ''}`;
  return Buckets.length === buckets ? null : `there are ${Buckets.length} buckets where ${buckets} were`;
}
