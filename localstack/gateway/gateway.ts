// The local gateway: one HTTP server on loopback that serves the page, and the API by running the deployed functions.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Credentials } from '../clients.ts';
import { LocalFailure } from '../failure.ts';
import { gatewayClients } from './clients.ts';
import { deployedApi } from './deployed-api.ts';
import { frontDoor } from './front-door.ts';
import { Functions } from './functions.ts';
import { GatewayResponses } from './gateway-response.ts';
import { Inflight } from './inflight.ts';
import { readPage } from './page.ts';
import { Visitors } from './visitors.ts';

export interface GatewayOptions {
  /** Where the stack is deployed, e.g. http://127.0.0.1:4566. */
  readonly endpoint: string;
  /** Its key. */
  readonly credentials: Credentials;
  /** Id of the deployed REST API. */
  readonly apiId: string;
  readonly port?: number;
  /** Folder that keeps unpacked function code between starts. */
  readonly codeDirectory: string;
  /** Build of the web page; without one only the API is served. */
  readonly pageDirectory?: string;
  /** Further names by which this machine may be asked, besides those of loopback. */
  readonly allowHosts?: readonly string[];
  /** Origins of pages that may ask as the own page may. */
  readonly allowOrigins?: readonly string[];
  /** Environments of the function that predicts, 1 by default; the other functions have one each. */
  readonly workers?: number;
  /** Requests that may wait for one function, 1000 by default; more are answered 429. */
  readonly queueLimit?: number;
}

export interface Gateway {
  readonly url: string;
  /** Takes no more requests, answers those it has, ships the functions' log and ends them. */
  stop(): Promise<void>;
}

export const DEFAULT_PORT = 8000;
const DRAIN_MS = 10_000;

/** @throws LocalFailure when the port is taken. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { port = DEFAULT_PORT } = options;
  const server = createServer({ noDelay: true, keepAliveTimeout: 65_000, maxHeaderSize: 10_240 });
  const early: [IncomingMessage, ServerResponse][] = [];
  const keep = (request: IncomingMessage, response: ServerResponse) => early.push([request, response]);
  server.on('request', keep);
  await listen(server, port); // first, so that a taken port is told before anything is started
  const clients = gatewayClients(options.endpoint, options.credentials);
  const api = await deployedApi(clients.api, options.apiId);
  const functions = await Functions.start({ ...options, clients, api, port });
  const responses = new GatewayResponses(api.gatewayResponses);
  const inflight = new Inflight(responses);
  const visitors = new Visitors(options.allowHosts, options.allowOrigins);
  const page = readPage(options.pageDirectory ?? '');
  const answer = frontDoor({ api, functions, inflight, responses, page, visitors, region: clients.region });
  server.off('request', keep);
  server.on('request', answer);
  for (const [request, response] of early) answer(request, response); // who came while the functions started

  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      server.closeIdleConnections();
      await inflight.drained(DRAIN_MS);
      server.closeAllConnections();
      await functions.close();
      clients.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const remedy = 'Stop the program that uses it, or choose another one with --port.';
      reject(taken ? new LocalFailure(`Port ${port} is in use.`, remedy, { cause: error }) : error);
    });
    server.listen({ port, host: '127.0.0.1', backlog: 511 }, resolve);
  });
}
