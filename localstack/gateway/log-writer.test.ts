import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { cloudWatchWriter, type LogWriter } from './log-writer.ts';

const eventSchema = z.object({ timestamp: z.number(), message: z.string() });
const putSchema = z.object({ logStreamName: z.string(), logEvents: z.array(eventSchema) });

let server: Server;
let client: CloudWatchLogsClient;
let writer: LogWriter;
let puts: z.infer<typeof putSchema>[] = [];
/** What creating a stream is answered. */
let created: { status: number; body: string };
/** Pages of the group's streams, and those that were deleted. */
let pages: object[] = [];
let deleted: string[] = [];

beforeEach(async () => {
  puts = [];
  deleted = [];
  created = { status: 200, body: '{}' };
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers['x-amz-target']).split('.').at(-1);
    const asked: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (operation === 'PutLogEvents') puts.push(putSchema.parse(asked));
    if (operation === 'DeleteLogStream')
      deleted.push(putSchema.pick({ logStreamName: true }).parse(asked).logStreamName);
    const page = operation === 'DescribeLogStreams' ? pages.shift() : {};
    const { status, body } = operation === 'CreateLogStream' ? created : { status: 200, body: JSON.stringify(page) };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new CloudWatchLogsClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
  writer = cloudWatchWriter(client);
});
afterEach(() => {
  client.destroy();
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

test('of all pages of streams the newest stay, whatever their names', async () => {
  const stream = (logStreamName: string, creationTime: number) => ({ logStreamName, creationTime });
  pages = [
    { logStreams: [stream('a', 5), stream('b', 1), stream('c', 4)], nextToken: 'more' },
    { logStreams: [stream('d', 2), stream('e', 3)] },
  ];
  await writer.keepNewest('group', 2);
  expect(deleted.sort()).toEqual(['b', 'd', 'e']);
});
