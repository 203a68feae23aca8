// Signed checkpoints of the ledger: one small object for each size, written once into a bucket that lets nobody change it.
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { CheckpointStore } from '../core/transparency/log.ts';
import { s3 } from './clients.ts';
import { settings } from './settings.ts';
import { checkpointKey } from './signing.ts';

/** Name of this deployment's log: unique to stack, model and alias. */
function logOrigin(): string {
  const { logOrigin: stack, modelName, modelAlias } = settings();
  return `${stack}/${modelName}/${modelAlias}`;
}

/** Null where nothing is signed. */
export function checkpointStore(): CheckpointStore | null {
  const key = checkpointKey();
  const bucket = settings().checkpointBucket;
  if (key === null || bucket === undefined) return null;
  return {
    origin: logOrigin(),
    publicKey: key.publicKey,
    sign: key.sign,
    saveFirst: async (size, note) => {
      if (await putFirst(bucket, keyOf(size), note)) return note;
      return read(bucket, keyOf(size));
    },
    newest: async () => {
      const last = (await keysAfter(bucket)).at(-1);
      return last === undefined ? null : read(bucket, last);
    },
  };
}

/** Whether a ledger of more entries than these was signed: one look, for readers that see the last entry alone. */
export async function isSignedBeyond(rev: number): Promise<boolean> {
  const bucket = settings().checkpointBucket;
  if (bucket === undefined) return false;
  return (await keysAfter(bucket, keyOf(rev), 1)).length > 0;
}

const keyOf = (size: number) => `${logOrigin()}/${String(size).padStart(10, '0')}.txt`;

async function keysAfter(bucket: string, after?: string, limit?: number): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3().send(
      new ListObjectsV2Command({
        ...{ Bucket: bucket, Prefix: `${logOrigin()}/` },
        ...(after === undefined ? {} : { StartAfter: after }),
        ...(limit === undefined ? {} : { MaxKeys: limit }),
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) found.push(Key);
    token = limit === undefined ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return found;
}

async function read(bucket: string, key: string): Promise<string> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString()) ?? '';
}

async function putFirst(bucket: string, key: string, note: string): Promise<boolean> {
  try {
    const object = { Bucket: bucket, Key: key, Body: note, ContentType: 'text/plain; charset=utf-8', IfNoneMatch: '*' };
    await s3().send(new PutObjectCommand(object));
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0)) return false;
    throw error;
  }
}
