// S3 in memory: one bucket with conditional writes and reads, ranges, lists, and the answer 403 that S3 gives in the place
// of 404 to a caller who may not list the bucket.
import { createHash } from 'node:crypto';
import {
  type GetObjectCommandInput,
  type HeadObjectCommandInput,
  type ListObjectsV2CommandInput,
  NoSuchKey,
  NotFound,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { NotSimulatedError, s3Error } from './errors.ts';

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly version: string;
  readonly modified: Date;
}

/** What a caller's role lets it do: prefixes of keys, and whether it may list. */
export interface ObjectRights {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly list: boolean;
}

export const ALL_RIGHTS: ObjectRights = { read: [''], write: [''], list: true };

const META = { $metadata: { httpStatusCode: 200 } } as const;
type Conditions = Pick<PutObjectCommandInput, 'IfNoneMatch' | 'IfMatch'>;

export class Objects {
  readonly #objects = new Map<string, StoredObject>();
  readonly #now: () => number;
  readonly #onWrite: (key: string, stored: StoredObject, before: StoredObject | undefined) => void;
  #versions = 0;

  constructor(
    now: () => number,
    onWrite: (key: string, stored: StoredObject, before: StoredObject | undefined) => void = () => {},
  ) {
    this.#now = now;
    this.#onWrite = onWrite;
  }

  headObject({ Key = '' }: HeadObjectCommandInput, rights: ObjectRights) {
    if (!may(rights.read, Key)) throw s3Error('403', 403, 'UnknownError');
    const found = this.#objects.get(Key);
    if (found === undefined) {
      if (!rights.list) throw s3Error('403', 403, 'UnknownError');
      throw new NotFound({ message: 'NotFound', $metadata: { httpStatusCode: 404 } });
    }
    const { bytes, etag, version, modified } = found;
    return { ContentLength: bytes.length, ETag: etag, VersionId: version, LastModified: modified, ...META };
  }

  getObject({ Key = '', Range, IfMatch }: GetObjectCommandInput, rights: ObjectRights) {
    if (!may(rights.read, Key)) throw denied('s3:GetObject', Key);
    const found = this.#objects.get(Key);
    if (found === undefined) {
      if (!rights.list) throw denied('s3:ListBucket', Key);
      throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: { httpStatusCode: 404 } });
    }
    const { etag, version, modified } = found;
    if (IfMatch !== undefined && IfMatch !== etag) throw preconditionFailed();
    const bytes = Range === undefined ? found.bytes : ranged(found.bytes, Range);
    return {
      Body: bodyOf(bytes),
      ContentLength: bytes.length,
      ETag: etag,
      VersionId: version,
      LastModified: modified,
      ...META,
    };
  }

  /** @param conflict another writer is at the key at this moment */
  putObject({ Key = '', Body, ...conditions }: PutObjectCommandInput, rights: ObjectRights, conflict = false) {
    if (!may(rights.write, Key)) throw denied('s3:PutObject', Key);
    if (conflict && conditions.IfNoneMatch !== undefined) throw s3Error('ConditionalRequestConflict', 409);
    return this.store(Key, bytesOf(Body), conditions);
  }

  /** Stores bytes under the conditions of a write. */
  store(key: string, bytes: Uint8Array, { IfNoneMatch, IfMatch }: Conditions, parts = 0) {
    const before = this.#objects.get(key);
    if (IfNoneMatch !== undefined && before !== undefined) throw preconditionFailed();
    if (IfMatch !== undefined && IfMatch !== before?.etag) throw preconditionFailed();
    const md5 = createHash('md5').update(bytes).digest('hex');
    const stored: StoredObject = {
      bytes,
      etag: parts === 0 ? `"${md5}"` : `"${md5}-${parts}"`,
      version: `v${++this.#versions}`,
      modified: new Date(this.#now()),
    };
    this.#objects.set(key, stored);
    this.#onWrite(key, stored, before);
    return { ETag: stored.etag, VersionId: stored.version, ...META };
  }

  listObjectsV2({ Prefix = '', MaxKeys = 1000, ContinuationToken }: ListObjectsV2CommandInput, rights: ObjectRights) {
    if (!rights.list) throw denied('s3:ListBucket', Prefix);
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
    const rest = ContinuationToken === undefined ? keys : keys.filter((key) => key > ContinuationToken);
    const page = rest.slice(0, MaxKeys);
    return {
      Contents: page.flatMap((Key) => {
        const found = this.#objects.get(Key);
        if (found === undefined) return [];
        return [{ Key, Size: found.bytes.length, ETag: found.etag, LastModified: found.modified }];
      }),
      KeyCount: page.length,
      IsTruncated: page.length < rest.length,
      ...(page.length < rest.length ? { NextContinuationToken: page.at(-1) } : {}),
      ...META,
    };
  }

  /** For those who watch, not for those who run. */
  peek(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  keys(prefix: string): string[] {
    return [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
}

export const may = (prefixes: readonly string[], key: string) => prefixes.some((prefix) => key.startsWith(prefix));

export function denied(action: string, key: string) {
  return s3Error('AccessDenied', 403, `not authorized to perform: ${action} on ${key}`);
}

export function preconditionFailed() {
  return s3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');
}

export function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  if (body === undefined) return new Uint8Array();
  throw new NotSimulatedError('a body that is neither text nor bytes');
}

function ranged(bytes: Uint8Array, range: string): Uint8Array {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range);
  if (match === null) throw new NotSimulatedError(`the range ${range}`);
  const from = Number(match[1]);
  if (from >= bytes.length) throw s3Error('InvalidRange', 416, 'The requested range is not satisfiable');
  return bytes.subarray(from, match[2] ? Number(match[2]) + 1 : undefined);
}

/** The body of an answer: read in chunks, or whole. */
function bodyOf(bytes: Uint8Array) {
  const half = Math.ceil(bytes.length / 2);
  return {
    async *[Symbol.asyncIterator]() {
      if (half > 0) yield Uint8Array.from(bytes.subarray(0, half));
      if (half < bytes.length) yield Uint8Array.from(bytes.subarray(half));
    },
    transformToByteArray: async () => Uint8Array.from(bytes),
    transformToString: async () => new TextDecoder().decode(bytes),
  };
}
