// Brings a file into incoming/: in parts, so that any size fits in memory, and only if it is not there already.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

const PART_BYTES = 16 * 1024 * 1024;

export interface Uploaded {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  /** False when an object of these very bytes stood there already. */
  readonly sent: boolean;
  /** Names the upload, where the bucket keeps versions. */
  readonly version: string | null;
}

/**
 * @param name the object's name under incoming/; the file's own by default
 * @param again whether a file of this sha256 is sent even if its bytes stand there, so that it is given anew
 */
export async function uploadSource(
  s3: S3Client,
  bucket: string,
  file: string,
  name = basename(file),
  again: (sha256: string) => boolean = () => false,
): Promise<Uploaded> {
  const key = `incoming/${name}`;
  const { sha256, bytes } = await describeFile(file);
  const standing = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  if (!again(sha256) && standing?.Metadata?.sha256 === sha256 && standing.ContentLength === bytes) {
    return { key, sha256, bytes, sent: false, version: null };
  }
  const handle = await open(file);
  let version: string | undefined;
  try {
    const target = { Bucket: bucket, Key: key };
    const described = { ...target, ContentType: 'text/csv', Metadata: { sha256 } };
    if (bytes <= PART_BYTES) {
      const whole = new PutObjectCommand({ ...described, Body: await handle.readFile() });
      version = (await s3.send(whole)).VersionId;
    } else version = await uploadParts(s3, target, described, handle, bytes);
  } finally {
    await handle.close();
  }
  return { key, sha256, bytes, sent: true, version: version ?? null };
}

async function describeFile(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

async function uploadParts(
  s3: S3Client,
  target: Target,
  described: Target & { readonly Metadata: Record<string, string> },
  handle: FileHandle,
  bytes: number,
): Promise<string | undefined> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(described));
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < bytes; start += PART_BYTES) {
      const Body = Buffer.alloc(Math.min(PART_BYTES, bytes - start));
      await handle.read(Body, 0, Body.length, start);
      const PartNumber = Parts.length + 1;
      const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    const whole = new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } });
    return (await s3.send(whole)).VersionId;
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  }
}
