import { once } from 'node:events';
import { createServer } from 'node:http';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { LogShipper } from './log-shipper.ts';

const bodySchema = z.object({ logEvents: z.array(z.object({ message: z.string() })).default([]) });

test('a batch whose answer was missed is sent again as it was, later lines behind it', async () => {
  const taken: string[][] = [];
  let answering = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const isPut = String(request.headers['x-amz-target']).endsWith('PutLogEvents');
    const { logEvents } = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (isPut) taken.push(logEvents.map(({ message }) => message));
    if (isPut && !answering) request.socket.destroy();
    else response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  const client = new CloudWatchLogsClient({
    ...{ endpoint: `http://127.0.0.1:${address.port}`, region: 'us-east-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const shipper = new LogShipper(client, 'group', 'stream');
  shipper.add([
    [1, 'a'],
    [2, 'b'],
  ]);
  await shipper.flush();
  shipper.add([[3, 'c']]);
  answering = true;
  await shipper.close();
  client.destroy();
  server.close();
  expect(taken.length).toBeGreaterThan(1);
  expect(taken[0]).toEqual(['a', 'b']);
  expect(taken.slice(1).filter((batch) => batch.includes('a') && batch.includes('c'))).toEqual([]);
  expect(taken.slice(-2)).toEqual([['a', 'b'], ['c']]);
});
