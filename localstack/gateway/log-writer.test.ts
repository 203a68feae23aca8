import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { LogWriterThread } from './log-writer-client.ts';

const eventSchema = z.object({ timestamp: z.number(), message: z.string() });
const putSchema = z.object({ logStreamName: z.string(), logEvents: z.array(eventSchema) });

let server: Server;
let writer: LogWriterThread;
let puts: z.infer<typeof putSchema>[] = [];
/** What creating a stream is answered. */
let created: { status: number; body: string };

beforeEach(async () => {
  puts = [];
  created = { status: 200, body: '{}' };
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const isPut = String(request.headers['x-amz-target']).endsWith('PutLogEvents');
    if (isPut) puts.push(putSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    const { status, body } = isPut ? { status: 200, body: '{}' } : created;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  writer = new LogWriterThread({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
});
afterEach(async () => {
  await writer.close();
  server.closeAllConnections();
  server.close();
});

test('lines are written in the order of their times; an empty one becomes a blank, as CloudWatch takes no empty one', async () => {
  await writer.createStream('group', 'stream');
  await writer.put('group', 'stream', [
    [2, 'b'],
    [1, 'é'],
    [3, ''],
  ]);
  expect(puts).toMatchObject([
    { logStreamName: 'stream', logEvents: [{ message: 'é' }, { message: 'b' }, { message: ' ' }] },
  ]);
});

test('a stream that stands already is as good as a new one; another refusal is told', async () => {
  created = { status: 400, body: '{"__type":"ResourceAlreadyExistsException","message":"it stands"}' };
  await writer.createStream('group', 'stream');
  created = { status: 400, body: '{"__type":"ResourceNotFoundException","message":"no such group"}' };
  await expect(writer.createStream('group', 'stream')).rejects.toThrow('no such group');
});

test('a thread that ends fails what it was at, and the next lines get another one', async () => {
  const first = writer.put('group', 'stream', [[1, 'a']]);
  const failed = expect(first).rejects.toThrow('ended');
  await writer.close();
  await failed;
  await writer.put('group', 'stream', [[2, 'b']]);
  expect(puts.map(({ logEvents }) => logEvents.map(({ message }) => message))).toEqual([['b']]);
});
