// S3's uploads in several parts, in memory.
import { createHash } from 'node:crypto';
import type {
  AbortMultipartUploadCommandInput,
  CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommandInput,
  UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { s3Error } from './errors.ts';
import { bytesOf, denied, may, type ObjectRights, type Objects } from './objects.ts';

const MIN_PART = 5 * 1024 * 1024;
const META = { $metadata: { httpStatusCode: 200 } } as const;

interface Part {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

export class Multipart {
  readonly #objects: Objects;
  readonly #open = new Map<string, { readonly key: string; readonly parts: Map<number, Part> }>();
  #begun = 0;

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  createMultipartUpload({ Key = '' }: CreateMultipartUploadCommandInput, rights: ObjectRights) {
    if (!may(rights.write, Key)) throw denied('s3:PutObject', Key);
    const UploadId = `upload-${++this.#begun}`;
    this.#open.set(UploadId, { key: Key, parts: new Map() });
    return { UploadId, Key, ...META };
  }

  uploadPart({ Key = '', UploadId = '', PartNumber = 1, Body }: UploadPartCommandInput, rights: ObjectRights) {
    if (!may(rights.write, Key)) throw denied('s3:PutObject', Key);
    const bytes = bytesOf(Body);
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    this.#upload(Key, UploadId).set(PartNumber, { bytes, etag });
    return { ETag: etag, ...META };
  }

  completeMultipartUpload(input: CompleteMultipartUploadCommandInput, rights: ObjectRights) {
    const { Key = '', UploadId = '', MultipartUpload: { Parts = [] } = {}, IfNoneMatch } = input;
    if (!may(rights.write, Key)) throw denied('s3:PutObject', Key);
    const stored = this.#upload(Key, UploadId);
    const chosen = Parts.map(({ PartNumber = 0, ETag }, i) => {
      const part = stored.get(PartNumber);
      if (part === undefined || part.etag !== ETag)
        throw s3Error('InvalidPart', 400, 'One or more parts could not be found');
      if (i > 0 && PartNumber <= (Parts[i - 1]?.PartNumber ?? 0)) throw s3Error('InvalidPartOrder', 400);
      if (i < Parts.length - 1 && part.bytes.length < MIN_PART) throw s3Error('EntityTooSmall', 400);
      return part.bytes;
    });
    if (chosen.length === 0) throw s3Error('MalformedXML', 400);
    const answer = this.#objects.store(Key, Buffer.concat(chosen), { IfNoneMatch }, chosen.length);
    this.#open.delete(UploadId);
    return { Key, ...answer };
  }

  abortMultipartUpload({ Key = '', UploadId = '' }: AbortMultipartUploadCommandInput) {
    this.#upload(Key, UploadId);
    this.#open.delete(UploadId);
    return META;
  }

  #upload(key: string, id: string): Map<number, Part> {
    const upload = this.#open.get(id);
    if (upload === undefined || upload.key !== key)
      throw s3Error('NoSuchUpload', 404, 'The specified upload does not exist');
    return upload.parts;
  }
}
