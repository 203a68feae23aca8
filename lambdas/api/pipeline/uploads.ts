// Bringing a file in: begin, parts, end. Parts travel compressed through the API, so that the page needs no access to S3.
import { gunzipSync } from 'node:zlib';
import {
  beginUpload,
  completeUpload,
  incomingFiles,
  isTaken,
  KeyTakenError,
  putPart,
  UnknownUploadError,
  WrongPartsError,
} from '../../aws/uploads.ts';
import { PART_BYTES } from '../../core/operations/pipeline.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { PIPELINE_ROUTES } from '../../core/routes/pipeline.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Routes = typeof PIPELINE_ROUTES;
type Begin = Routes['POST /uploads'];
type Part = Routes['POST /uploads/parts'];
type End = Routes['POST /uploads/ends'];

export async function listFiles(): Promise<AnswerOf<Routes['GET /uploads']>> {
  return { files: await incomingFiles() };
}

export async function beginFile({ body: { name } }: RequestOf<Begin>): Promise<AnswerOf<Begin>> {
  const key = `incoming/${name}`;
  // Said at once; that it holds is seen to when the parts are put together.
  if (await isTaken(key)) throw new ProblemError('conflict', new KeyTakenError(key).message);
  return { key, upload_id: await beginUpload(key), part_bytes: PART_BYTES };
}

export async function storePart({ body }: RequestOf<Part>): Promise<AnswerOf<Part>> {
  const { key, upload_id, number, data } = body;
  const etag = await answered(() => putPart(key, upload_id, number, unpacked(data)));
  return { number, etag };
}

/** A part that is named twice would stand twice in the file. */
export async function endFile({ body: { key, upload_id, parts } }: RequestOf<End>): Promise<AnswerOf<End>> {
  if (new Set(parts.map(({ number }) => number)).size < parts.length) {
    throw new ProblemError('conflict', 'parts: a number stands twice; name each stored part once.');
  }
  await answered(() => completeUpload(key, upload_id, parts));
  return { key };
}

/** What S3 refuses by the client's doing, as the problem that it is. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // 409 also for parts: that they do not fit is a matter of what is stored, which no schema can tell a client before.
    if (error instanceof KeyTakenError || error instanceof UnknownUploadError || error instanceof WrongPartsError) {
      throw new ProblemError('conflict', error.message);
    }
    throw error;
  }
}

/** The limit holds while unpacking, so that a small body cannot fill the function's memory. */
function unpacked(data: string): Uint8Array {
  try {
    return gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: PART_BYTES });
  } catch {
    const detail = `data is no base64 of gzip, or holds more than ${PART_BYTES} bytes.`;
    throw new ProblemError('invalid', detail, [{ pointer: '/data', field: 'data', detail, code: 'encoding' }]);
  }
}
