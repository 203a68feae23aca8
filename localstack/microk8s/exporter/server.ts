// A small HTTP server for Prometheus: /metrics, /healthz, /readyz. It stays up whatever happens to what it reads.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Cached } from '../../../lambdas/api/metrics/cached.ts';
import type { Snapshot } from '../../../lambdas/core/exposition/snapshot.ts';
import { CONTENT_TYPES } from '../../../lambdas/core/exposition/text.ts';
import { metricsText, type Reading } from './registry.ts';

export interface ExporterOptions {
  readonly host: string;
  readonly port: number;
  /** Scrapers within it share one reading; a failed one is tried again by the next that asks. */
  readonly cacheMs: number;
  /** A reading that takes longer has failed. */
  readonly timeoutMs: number;
  readonly read: () => Promise<Snapshot>;
}

export interface Exporter {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startExporter({ host, port, cacheMs, timeoutMs, read }: ExporterOptions): Promise<Exporter> {
  let readings = 0;
  let lastSuccess = 0;
  const timed = async () => {
    readings++;
    const snapshot = await within(timeoutMs, read());
    lastSuccess = Date.now();
    return snapshot;
  };
  const cached = new Cached(timed, cacheMs, () => performance.now());
  const reading = async (): Promise<Reading> => {
    const about = () => ({ readings, lastSuccess });
    try {
      return { snapshot: await cached.get(), failure: null, ...about() };
    } catch (error) {
      return { snapshot: null, failure: error instanceof Error ? error.message : String(error), ...about() };
    }
  };
  const server = createServer((request, response) => {
    answer(request, response, reading).catch((error: unknown) => {
      console.error(error);
      send(response, 500, 'text/plain', 'the exporter failed; its log says why\n');
    });
  });
  const url = await listen(server, host, port);
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  reading: () => Promise<Reading>,
): Promise<void> {
  const path = request.url?.split('?', 1)[0];
  if (request.method !== 'GET') send(response, 405, 'text/plain', 'GET only\n');
  else if (path === '/healthz') send(response, 200, 'text/plain', 'ok\n');
  else if (path === '/readyz') {
    const { failure } = await reading();
    if (failure === null) send(response, 200, 'text/plain', 'ok\n');
    else send(response, 503, 'text/plain', `cannot read: ${failure}\n`);
  } else if (path === '/metrics') {
    send(response, 200, CONTENT_TYPES.prometheus, await metricsText(await reading()));
  } else send(response, 404, 'text/plain', '/metrics, /healthz, /readyz\n');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host}:${bound}`);
    });
  });
}
