// Files on their way into incoming/: S3 multipart uploads, so that any size passes in pieces that a request can carry.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { s3 } from './clients.ts';
import { settings } from './settings.ts';

const PREFIX = 'incoming/';
const target = (key: string) => ({ Bucket: settings().dataBucket, Key: key });

export interface UploadedPart {
  readonly number: number;
  readonly etag: string;
}

/** The id that S3 gives to an upload of several parts. */
export async function beginUpload(key: string): Promise<string> {
  const { UploadId = '' } = await s3().send(
    new CreateMultipartUploadCommand({ ...target(key), ContentType: 'text/csv' }),
  );
  return UploadId;
}

/** Stores one part (5 MiB or more, but the last) and returns its entity tag. @throws UnknownUploadError */
export async function putPart(key: string, uploadId: string, number: number, body: Uint8Array): Promise<string> {
  const { ETag = '' } = await named(key, uploadId, () =>
    s3().send(new UploadPartCommand({ ...target(key), UploadId: uploadId, PartNumber: number, Body: body })),
  );
  return ETag;
}

/** Makes the parts one object, unless one of that key stands there. @throws KeyTakenError, UnknownUploadError, WrongPartsError */
export async function completeUpload(key: string, uploadId: string, parts: readonly UploadedPart[]): Promise<void> {
  const Parts = [...parts].sort((a, b) => a.number - b.number).map((p) => ({ PartNumber: p.number, ETag: p.etag }));
  await named(key, uploadId, () =>
    s3().send(
      new CompleteMultipartUploadCommand({
        ...target(key),
        UploadId: uploadId,
        MultipartUpload: { Parts },
        IfNoneMatch: '*',
      }),
    ),
  );
}

/** Whether an object of this very key lies there. */
export async function isTaken(key: string): Promise<boolean> {
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket: settings().dataBucket, Prefix: key, MaxKeys: 1 }),
  );
  return Contents[0]?.Key === key;
}

async function named<T>(key: string, uploadId: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    if ([409, 412].includes(error.$metadata.httpStatusCode ?? 0)) throw new KeyTakenError(key);
    if (error.name === 'NoSuchUpload') throw new UnknownUploadError(uploadId);
    if (WRONG_PARTS.has(error.name)) throw new WrongPartsError(error.message);
    throw error;
  }
}

const WRONG_PARTS = new Set(['InvalidPart', 'InvalidPartOrder', 'EntityTooSmall', 'MalformedXML']);

export class KeyTakenError extends Error {
  override readonly name = 'KeyTakenError';
  constructor(key: string) {
    super(`There is a file ${key} already: start an execution with it, or bring the new one in under another name.`);
  }
}

export class UnknownUploadError extends Error {
  override readonly name = 'UnknownUploadError';
  constructor(uploadId: string) {
    super(
      `There is no open upload ${uploadId.slice(0, 40)} of this key: it was ended or never begun; begin with POST /uploads.`,
    );
  }
}

export class WrongPartsError extends Error {
  override readonly name = 'WrongPartsError';
  constructor(detail: string) {
    super(`The parts do not make a file: ${detail}`);
  }
}

/** Gives up an upload; its parts are deleted. */
export async function abortUpload(key: string, uploadId: string): Promise<void> {
  await s3().send(new AbortMultipartUploadCommand({ ...target(key), UploadId: uploadId }));
}

/** Files that lie under incoming/, newest first, at most 1,000. */
export async function incomingFiles(): Promise<{ key: string; bytes: number; uploaded_at: string | null }[]> {
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket: settings().dataBucket, Prefix: PREFIX, MaxKeys: 1000 }),
  );
  return Contents.map(({ Key = '', Size = 0, LastModified }) => ({
    key: Key,
    bytes: Size,
    uploaded_at: LastModified?.toISOString() ?? null,
  })).sort((a, b) => (b.uploaded_at ?? '').localeCompare(a.uploaded_at ?? ''));
}
