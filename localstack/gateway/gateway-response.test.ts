import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { GatewayResponse } from './deployed-api.ts';
import { GatewayResponses, type Refusal } from './gateway-response.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function refused(refusal: Refusal, deployed: Readonly<Record<string, GatewayResponse>> = {}): Promise<Response> {
  const responses = new GatewayResponses(new Map(Object.entries(deployed)));
  server = createServer((_, response) => responses.answer(response, refusal, 'r1'));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return fetch(`http://127.0.0.1:${port}/`);
}

test.each([
  ['missing-token', 403],
  ['unauthorized', 401],
  ['denied', 403],
  ['too-long', 413],
  ['busy', 429],
  ['failed', 502],
  ['timeout', 504],
] as const)('where nothing was deployed, %s is %i in the words of API Gateway', async (refusal, status) => {
  const response = await refused(refusal);
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json']);
  expect(await response.json()).toEqual({ message: expect.stringMatching(/./) });
  expect(response.headers.get('x-amzn-requestid')).toBe('r1');
});

test('the deployed template is filled in, with its headers and its own status', async () => {
  const template =
    '{"why":$context.error.messageString,"kind":"$context.error.responseType","id":"$context.requestId"}';
  const headers = ['Content-Type', 'application/problem+json', 'Retry-After', '1'];
  const response = await refused('busy', { THROTTLED: { status: 503, headers, template } });
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await response.json()).toEqual({ why: 'Too Many Requests', kind: 'THROTTLED', id: 'r1' });
});

test('a failure without words is null, and JSON all the same', async () => {
  const response = await refused('authorizer-failed', {
    AUTHORIZER_FAILURE: { template: '{"detail":$context.error.messageString}' },
  });
  expect([response.status, await response.json()]).toEqual([500, { detail: null }]);
});
