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

test('rows of patients are shown to an operator alone, and files come from nobody else', async () => {
  expect(await ask('GET /quarantine', {}, null)).toMatchObject({ statusCode: 401 });
  expect(await ask('GET /quarantine', {}, 'read predict metrics')).toMatchObject({ statusCode: 403 });
  expect(await ask('POST /uploads', { body: '{"name": "a.csv"}' }, 'read')).toMatchObject({ statusCode: 403 });
});

const upload = { key: 'incoming/a.csv', upload_id: 'u1' };
test.each([
  ['POST /executions', { body: '{"source": "models/x"}' }, '/source'],
  ['POST /stops', { body: '{"name": "a b", "reason": "the wrong file"}' }, '/name'],
  ['POST /uploads', { body: '{"name": "../a.csv"}' }, '/name'],
  ['POST /uploads/parts', { body: JSON.stringify({ ...upload, number: 1, data: 'no gzip' }) }, '/data'],
  [
    'POST /uploads/ends',
    { body: JSON.stringify({ ...upload, parts: [{ number: 1, etag: '\u0000' }] }) },
    '/parts/0/etag',
  ],
  ['GET /quarantine', { queryStringParameters: { batch_id: '1e3' } }, '/batch_id'],
])('%s with %j is refused by the name of what is wrong', async (name, sent, pointer) => {
  expect(await ask(name, sent)).toMatchObject({ statusCode: 422, json: { errors: [{ pointer }] } });
});

test('a part that is named twice does not stand twice in the file', async () => {
  const parts = [
    { number: 1, etag: 'a' },
    { number: 1, etag: 'a' },
  ];
  expect(await ask('POST /uploads/ends', { body: JSON.stringify({ ...upload, parts }) })).toMatchObject({
    statusCode: 409,
  });
});
