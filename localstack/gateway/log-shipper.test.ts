import { once } from 'node:events';
import { createServer } from 'node:http';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { LogShipper } from './log-shipper.ts';
import { cloudWatchWriter, type LogWriter } from './log-writer.ts';
import type { LogLine } from './protocol.ts';

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
  const shipper = new LogShipper(cloudWatchWriter(client), 'group', numberedStreams());
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

/** Keeps what is written; refuses it while `away`. */
class Kept implements LogWriter {
  readonly batches: (readonly LogLine[])[] = [];
  /** Lines by stream. */
  readonly streams = new Map<string, number>();
  away = false;
  mayDelete = true;
  async createStream(_group: string, stream: string): Promise<void> {
    if (this.away) throw new Error('no route');
    if (!this.streams.has(stream)) this.streams.set(stream, 0);
  }
  async put(_group: string, stream: string, lines: readonly LogLine[]): Promise<void> {
    if (this.away) throw new Error('no route');
    if (!this.streams.has(stream)) throw new Error('no such stream');
    this.batches.push(lines);
    this.streams.set(stream, (this.streams.get(stream) ?? 0) + lines.length);
  }
  async keepNewest(_group: string, count: number): Promise<void> {
    if (this.mayDelete) for (const stream of [...this.streams.keys()].slice(0, -count)) this.streams.delete(stream);
    else throw new Error('not allowed');
  }
}

function numberedStreams(): () => string {
  let last = 0;
  return () => `stream ${++last}`;
}
const numbered = (count: number, text = ''): LogLine[] =>
  Array.from({ length: count }, (_, i): LogLine => [i, `${i}${text}`]);

test('every line is shipped once and in order, in batches that PutLogEvents takes', async () => {
  const kept = new Kept();
  const shipper = new LogShipper(kept, 'group', numberedStreams());
  const lines = [...numbered(12_000), ...numbered(3000, 'x'.repeat(1000)), [0, 'y'.repeat(900_000)] as const];
  shipper.add(lines);
  await shipper.close();
  expect(kept.batches.flat()).toEqual(lines);
  for (const batch of kept.batches) {
    expect(batch.length).toBeLessThanOrEqual(10_000);
    expect(batch.reduce((bytes, [, text]) => bytes + text.length + 26, 0)).toBeLessThanOrEqual(2 ** 20);
  }
});

test('requests are to wait when CloudWatch takes lines more slowly than they come, not when it is away', async () => {
  const kept = new Kept();
  const shipper = new LogShipper(kept, 'group', numberedStreams());
  shipper.add(numbered(10));
  await shipper.flush();
  shipper.add(numbered(10_000));
  expect(shipper.pauseMs).toBe(0);
  shipper.add(numbered(90_000));
  const pause = shipper.pauseMs;
  expect(pause).toBeGreaterThan(0);
  shipper.add(numbered(20_000));
  expect(shipper.pauseMs).toBeGreaterThan(pause);
  kept.away = true;
  await shipper.flush();
  expect(shipper.pauseMs).toBe(0);
  kept.away = false;
  await shipper.close();
  expect([shipper.pauseMs, kept.batches.flat().length]).toEqual([0, 120_010]);
});

test('the local cloud keeps the newest lines only, however many are written', async () => {
  const kept = new Kept();
  const shipper = new LogShipper(kept, 'group', numberedStreams());
  for (let round = 0; round < 50; round++) {
    shipper.add(numbered(10_000));
    await shipper.flush();
  }
  await shipper.close();
  expect(kept.batches.flat()).toHaveLength(500_000);
  const held = [...kept.streams.values()];
  expect(held.reduce((sum, lines) => sum + lines, 0)).toBeLessThanOrEqual(120_000);
  expect(held.reduce((sum, lines) => sum + lines, 0)).toBeGreaterThanOrEqual(50_000);
});

test('a stream that is gone, since the cloud started over, is made anew; where none may be deleted, lines go on', async () => {
  const kept = new Kept();
  kept.mayDelete = false;
  const shipper = new LogShipper(kept, 'group', numberedStreams());
  shipper.add([[1, 'a']]);
  await shipper.flush();
  kept.streams.clear();
  shipper.add([[2, 'b']]);
  await shipper.flush();
  await shipper.close();
  const texts = kept.batches.flat().map(([, text]) => text);
  expect(texts.filter((text) => text.length === 1)).toEqual(['a', 'b']);
  expect(texts.find((text) => text.length > 1)).toContain('not allowed');
});
