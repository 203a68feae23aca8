// A deployed stack as the end-to-end tests see it: run the chain on a file, look at all that is stored, empty it.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { BatchWriteItemCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { DeleteObjectsCommand, GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { inject } from 'vitest';
import { z } from 'zod';
import { followExecution, startExecution } from '../chain/execution.ts';
import type { ChainRequest } from '../chain/request.ts';
import { type Clients, clientsFor } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';
import { type RunFacts, readFacts } from '../report/facts.ts';
import { uploadSource } from '../upload.ts';

export interface Stack {
  readonly clients: Clients;
  readonly outputs: StackOutputs;
}

export const stack = (name: 'main' | 'twin'): Stack => ({
  clients: clientsFor(inject('endpoint'), inject('credentials')),
  outputs: inject(name),
});

export interface Trained {
  readonly facts: RunFacts;
  readonly status: string;
  /** The execution had run before. */
  readonly repeated: boolean;
}

/** Uploads a file and runs the chain on it. @param mark makes the request another one, so that it runs again */
export async function train(on: Stack, file: string, mark = ''): Promise<Trained> {
  const { key, sha256 } = await uploadSource(on.clients.s3, on.outputs.DataBucketName, file);
  return execute(on, { source: key, sha256, deployed: mark });
}

export async function execute(on: Stack, request: ChainRequest): Promise<Trained> {
  const { name, arn, repeated } = await startExecution(on.clients, on.outputs.StateMachineArn, request, false);
  const status = await followExecution(on.clients, arn, () => {});
  return { facts: await readFacts(on.clients, on.outputs, name), status, repeated };
}

/** The sample's chain: run by whichever test comes first, found by the others. */
export const trainSample = (on: Stack) => train(on, inject('sample'));

/** sha256 of every object version under a prefix, by key; a key written twice stands there twice. */
export async function objectHashes(on: Stack, prefix = ''): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const { Key, VersionId } of await versions(on, prefix)) {
    const bytes = await objectBytes(on, Key, VersionId);
    const again = Object.keys(hashes).filter((known) => known === Key || known.startsWith(`${Key}@`)).length;
    hashes[again === 0 ? Key : `${Key}@${again}`] = createHash('sha256').update(bytes).digest('hex');
  }
  return hashes;
}

export async function objectBytes(on: Stack, Key: string, VersionId?: string): Promise<Uint8Array> {
  const Bucket = on.outputs.DataBucketName;
  const { Body } = await on.clients.s3.send(
    new GetObjectCommand({ Bucket, Key, ...(VersionId && VersionId !== 'null' ? { VersionId } : {}) }),
  );
  if (Body === undefined) throw new Error(`${Key} is empty`);
  return Body.transformToByteArray();
}

const versionSchema = z.object({ Key: z.string(), VersionId: z.string().optional() });

async function versions(on: Stack, Prefix: string, Bucket = on.outputs.DataBucketName) {
  const found: z.infer<typeof versionSchema>[] = [];
  let KeyMarker: string | undefined;
  do {
    const page = await on.clients.s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...(KeyMarker ? { KeyMarker } : {}) }),
    );
    found.push(...z.array(versionSchema).parse(page.Versions ?? []));
    KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
  } while (KeyMarker);
  return found;
}

export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };
const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** All items of a table, in the order of their keys. */
export async function allItems(on: Stack, table: string): Promise<Item[]> {
  const items: Item[] = [];
  let start: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await on.clients.dynamo.send(
      new ScanCommand({ TableName: table, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    items.push(...(page.Items ?? []).map((item) => itemSchema.parse(unmarshall(item))));
    start = page.LastEvaluatedKey;
  } while (start);
  return items.sort((a, b) => (`${a.pk}\0${a.sk}` < `${b.pk}\0${b.sk}` ? -1 : 1));
}

/** Deletes all objects and items, so that the stack is as after its deployment. */
export async function empty(on: Stack): Promise<void> {
  for (const Bucket of [on.outputs.DataBucketName, on.outputs.CheckpointBucketName]) {
    const objects = await versions(on, '', Bucket);
    for (let i = 0; i < objects.length; i += 1000) {
      const Objects = objects
        .slice(i, i + 1000)
        .map(({ Key, VersionId }) => ({ Key, ...(VersionId ? { VersionId } : {}) }));
      const command = { Bucket, Delete: { Objects }, BypassGovernanceRetention: true };
      await on.clients.s3.send(new DeleteObjectsCommand(command));
    }
  }
  for (const table of [on.outputs.TrackingTableName, on.outputs.RegistryTableName]) await emptyTable(on, table);
}

/** Deletes all items of a table. */
export async function emptyTable(on: Stack, table: string): Promise<void> {
  const items = await allItems(on, table);
  for (let i = 0; i < items.length; i += 25) {
    const requests = items
      .slice(i, i + 25)
      .map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk: { S: pk }, sk: { S: sk } } } }));
    await on.clients.dynamo.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}

/** A name under incoming/ for a file. */
export const keyOf = (file: string) => `incoming/${basename(file)}`;
