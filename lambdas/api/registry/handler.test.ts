import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';

const answerSchema = z.object({ statusCode: z.int(), body: z.string() });
const moduleSchema = z.object({ handler: z.custom<(event: object, context: object) => Promise<unknown>>() });
let handler: z.infer<typeof moduleSchema>['handler'];

// Nothing here reaches AWS: what is asked is refused before.
beforeAll(async () => {
  for (const name of ['DATA_BUCKET', 'TRACKING_TABLE', 'REGISTRY_TABLE', 'METRICS_TABLE']) vi.stubEnv(name, 'none');
  vi.stubEnv('AUTH_MODE', 'open');
  handler = moduleSchema.parse(await import('./handler.ts')).handler;
  return () => vi.unstubAllEnvs();
});

async function ask(name: string, more: object = {}, scopes: string | null = 'operate') {
  const [httpMethod, resource] = name.split(' ');
  const authorizer = scopes === null ? null : { actor: 'ana', scopes };
  const event = {
    ...{ httpMethod, resource, path: resource, headers: {}, body: null, isBase64Encoded: false },
    ...{ pathParameters: null, queryStringParameters: null, requestContext: { requestId: 'r1', authorizer }, ...more },
  };
  const { statusCode, body } = answerSchema.parse(await handler(event, {}));
  return { statusCode, json: z.unknown().parse(JSON.parse(body)) };
}

test('who may not operate changes nothing', async () => {
  const sent = { body: JSON.stringify({ version: 1, reason: 'because I can' }) };
  expect(await ask('POST /promotions', sent, null)).toMatchObject({ statusCode: 401 });
  expect(await ask('POST /promotions', sent, 'read predict metrics')).toMatchObject({ statusCode: 403 });
  expect(await ask('POST /rollbacks', { body: '{"reason": "because I can"}' }, 'read')).toMatchObject({
    statusCode: 403,
  });
});

test.each([
  ['POST /promotions', { body: '{"version": 1}' }, '/reason'],
  ['POST /promotions', { body: '{"version": 0, "reason": "better"}' }, '/version'],
  ['POST /rollbacks', { body: '{"reason": "  \\n "}' }, '/reason'],
  ['GET /models/{version}', { pathParameters: { version: 'newest' } }, '/version'],
  ['GET /runs/{id}/evaluation', { pathParameters: { id: '../x' } }, '/id'],
  ['GET /ledger', { queryStringParameters: { at: 'yesterday' } }, '/at'],
])('%s with %j is refused by the name of what is wrong', async (name, sent, pointer) => {
  expect(await ask(name, sent)).toMatchObject({ statusCode: 422, json: { errors: [{ pointer }] } });
});
