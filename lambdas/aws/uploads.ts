// Files on their way into incoming/: S3 multipart uploads, so that any size passes in pieces that a request can carry.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
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

/** Stores one part (5 MiB or more, but the last) and returns its entity tag. */
export async function putPart(key: string, uploadId: string, number: number, body: Uint8Array): Promise<string> {
  const { ETag = '' } = await s3().send(
    new UploadPartCommand({ ...target(key), UploadId: uploadId, PartNumber: number, Body: body }),
  );
  return ETag;
}

export async function completeUpload(key: string, uploadId: string, parts: readonly UploadedPart[]): Promise<void> {
  const Parts = [...parts].sort((a, b) => a.number - b.number).map((p) => ({ PartNumber: p.number, ETag: p.etag }));
  await s3().send(
    new CompleteMultipartUploadCommand({ ...target(key), UploadId: uploadId, MultipartUpload: { Parts } }),
  );
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
