// Bringing a file in: begin, parts, end. Parts travel compressed through the API, so that the page needs no access to S3.
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { beginUpload, completeUpload, incomingFiles, putPart } from '../../aws/uploads.ts';
import { PART_BYTES, uploadEndSchema, uploadPartSchema, uploadSchema } from '../../core/operations/pipeline.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { json } from '../http/answer.ts';
import { jsonBody, parsed } from '../http/request.ts';
import { operator } from '../registry/operator.ts';

const BODY_LIMIT = 5.5 * 1024 * 1024;

export async function listFiles(): Promise<APIGatewayProxyResult> {
  return json({ files: await incomingFiles() });
}

export async function beginFile(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  operator(event);
  const { name } = parsed(uploadSchema, jsonBody(event, BODY_LIMIT));
  const key = `incoming/${name}`;
  return json({ key, upload_id: await beginUpload(key), part_bytes: PART_BYTES }, 201);
}

export async function storePart(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  operator(event);
  const { key, upload_id, number, data } = parsed(uploadPartSchema, jsonBody(event, BODY_LIMIT));
  const etag = await putPart(key, upload_id, number, unpacked(data));
  return json({ number, etag }, 201);
}

export async function endFile(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  operator(event);
  const { key, upload_id, parts } = parsed(uploadEndSchema, jsonBody(event, BODY_LIMIT));
  await completeUpload(key, upload_id, parts);
  return json({ key }, 201);
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
