// Brings a file in: cut into parts, each compressed here and sent through the API, so that any size passes.
import { partStoredSchema, uploadBegunSchema, uploadedSchema } from '../../../lambdas/core/operations/pipeline.ts';
import { operate } from '../api/operate.ts';

/** @returns the key under incoming/ @throws ApiProblem, Unreachable */
export async function uploadFile(file: File, onProgress: (bytes: number) => void): Promise<string> {
  const name = file.name.replace(/[^\w.-]+/g, '_').replace(/^[^\w]+/, '');
  const { key, upload_id, part_bytes } = await operate('/uploads', { schema: uploadBegunSchema, body: { name } });
  const parts: { number: number; etag: string }[] = [];
  for (let from = 0, number = 1; from === 0 || from < file.size; from += part_bytes, number++) {
    const data = await packed(file.slice(from, from + part_bytes));
    const body = { key, upload_id, number, data };
    parts.push(await operate('/uploads/parts', { schema: partStoredSchema, body }));
    onProgress(Math.min(file.size, from + part_bytes));
  }
  await operate('/uploads/ends', { schema: uploadedSchema, body: { key, upload_id, parts } });
  return key;
}

/** gzip as base64. */
async function packed(part: Blob): Promise<string> {
  const zipped = await new Response(part.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  const bytes = new Uint8Array(zipped);
  let text = '';
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  return btoa(text);
}
