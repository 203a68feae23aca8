import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { packLines } from './log-lines.ts';
import { LogThread } from './log-thread.ts';

const putSchema = z.object({ logGroupName: z.string(), logEvents: z.array(z.object({ message: z.string() })) });

let server: Server;
let thread: LogThread;
/** Messages that CloudWatch took, by group. */
let taken: Map<string, string[]>;
let onTaken: () => void = () => {};
const workers: Worker[] = [];
const onWorker = (worker: unknown) => {
  if (worker instanceof Worker) workers.push(worker);
};

beforeEach(async () => {
  taken = new Map();
  onTaken = () => {};
  workers.length = 0;
  process.on('worker', onWorker);
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (String(request.headers['x-amz-target']).endsWith('PutLogEvents')) {
      const { logGroupName: group, logEvents } = putSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      taken.set(group, [...(taken.get(group) ?? []), ...logEvents.map(({ message }) => message)]);
    }
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
    onTaken();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  thread = new LogThread({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
});
afterEach(async () => {
  await thread.close();
  process.off('worker', onWorker);
  server.closeAllConnections();
  server.close();
});

test('every line reaches the log of its function once, in order, the last ones at the close', async () => {
  const [first, second] = [thread.log('first'), thread.log('second')];
  for (let i = 0; i < 500; i++) first.add(packLines([[i, `a${i}`]]));
  second.add(
    packLines([
      [1, 'b'],
      [2, 'c'],
    ]),
  );
  await thread.close();
  expect(taken.get('first')).toEqual(Array.from({ length: 500 }, (_, i) => `a${i}`));
  expect(taken.get('second')).toEqual(['b', 'c']);
  expect(first.pauseMs).toBe(0);
});

test('without a line no thread is started', async () => {
  thread.log('first');
  await thread.close();
  expect(workers).toEqual([]);
});

test('after the thread ended, another one ships what comes, and the log says that it may have a gap', async () => {
  const log = thread.log('first');
  const arrived = new Promise<void>((resolve) => {
    onTaken = () => {
      if (taken.get('first')?.includes('a') === true) resolve();
    };
  });
  log.add(packLines([[1, 'a']]));
  await arrived;
  await workers[0]?.terminate();
  log.add(packLines([[2, 'b']]));
  await thread.close();
  expect(taken.get('first')).toEqual(['a', 'b', expect.stringContaining('may be lost')]);
  expect(workers).toHaveLength(2);
});
