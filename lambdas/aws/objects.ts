// Objects of the data bucket. Everything but incoming/ is immutable: written once, or again with the same bytes.
import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from './clients.ts';
import { settings } from './settings.ts';

export interface DescribedObject {
  readonly size: number;
  /** Names the bytes: with it a later read gets these or none. */
  readonly etag: string;
  /** Names the upload that brought the object: another one, even of the same bytes, has another name. */
  readonly upload: string;
}

/** Null when there is no object under that key. */
export async function describeObject(key: string): Promise<DescribedObject | null> {
  try {
    const head = await s3().send(new HeadObjectCommand({ Bucket: settings().dataBucket, Key: key }));
    const { ContentLength: size = 0, ETag: etag = '', VersionId: version, LastModified: time } = head;
    return { size, etag, upload: version && version !== 'null' ? version : `${time?.toISOString()} ${etag}` };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/**
 * The bytes of an object from `offset` on, in chunks as they arrive.
 * @param etag reads the object only as long as it has this entity tag
 * @throws MissingObjectError, ReplacedObjectError
 */
export async function* streamObject(key: string, offset = 0, etag?: string): AsyncGenerator<Uint8Array> {
  const range = offset > 0 ? { Range: `bytes=${offset}-` } : {};
  const body = await getBody(key, range, etag);
  for await (const chunk of body) yield z.instanceof(Uint8Array).parse(chunk);
}

/**
 * The whole object. Only for objects of bounded size: models, manifests, one batch.
 * @throws MissingObjectError
 */
export async function readObject(key: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of streamObject(key)) parts.push(part);
  return Buffer.concat(parts);
}

/** Reads and parses a JSON object; the schema decides what it is. @throws MissingObjectError, ZodError */
export async function readJson<T>(key: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(new TextDecoder().decode(await readObject(key))));
}

/**
 * Writes an object that never changes. A second write of the same bytes succeeds, so a step may be retried.
 * @throws ImmutableObjectError if other bytes stand there already.
 */
export async function putImmutable(key: string, body: Uint8Array | string, contentType: string): Promise<void> {
  if (await putFirst(key, body, contentType)) return;
  if (sha256(await readObject(key)) !== sha256(body)) throw new ImmutableObjectError(key);
}

/** Writes an object unless one stands there: the first writer's bytes stay. False means that one stood there. */
export async function putFirst(key: string, body: Uint8Array | string, contentType: string): Promise<boolean> {
  try {
    await put(key, body, contentType);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

function put(key: string, body: Uint8Array | string, contentType: string): Promise<unknown> {
  const Bucket = settings().dataBucket;
  return s3().send(new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType: contentType, IfNoneMatch: '*' }));
}

async function getBody(key: string, range: { Range?: string }, etag?: string): Promise<AsyncIterable<unknown>> {
  try {
    const { Body: body, ETag: found } = await s3().send(
      new GetObjectCommand({ Bucket: settings().dataBucket, Key: key, ...range, ...(etag ? { IfMatch: etag } : {}) }),
    );
    if (body === undefined || !(Symbol.asyncIterator in body)) throw new MissingObjectError(key);
    // An endpoint that does not know the condition answers with what is there.
    if (etag !== undefined && found !== etag) throw new ReplacedObjectError(key);
    return body;
  } catch (error) {
    if (isAbsent(error)) throw new MissingObjectError(key);
    if (etag !== undefined && isTaken(error)) throw new ReplacedObjectError(key);
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);
}

function isTaken(error: unknown): boolean {
  // 412: it stands already. 409: another writer is at it right now; what it wrote decides.
  return error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0);
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

export class MissingObjectError extends Error {
  override readonly name = 'MissingObjectError';
  constructor(key: string) {
    super(`there is no object ${key} in the data bucket: upload it, or correct the key`);
  }
}

export class ImmutableObjectError extends Error {
  override readonly name = 'ImmutableObjectError';
  constructor(key: string) {
    super(`${key} stands already with other bytes; immutable objects are never overwritten`);
  }
}

export class ReplacedObjectError extends Error {
  override readonly name = 'ReplacedObjectError';
  constructor(key: string) {
    super(
      `${key} was replaced by another file while it was read: start again, and what is there now is read from its start`,
    );
  }
}
