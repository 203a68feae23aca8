import { expect, test } from 'vitest';
import { z } from 'zod';
import { ProblemError } from '../../core/problem/problem.ts';
import type { RouteGroup } from '../../core/routes/route.ts';
import { WithStatus } from './handler.ts';
import { serve } from './serve.ts';

const ROUTES = {
  'GET /x': { scope: 'public', tag: 'Service', summary: 'fails', answer: z.unknown() },
  'POST /things/{id}': {
    scope: 'public',
    tag: 'Service',
    summary: 'says what it read',
    params: z.object({ id: z.string().regex(/^\d+$/).transform(Number) }),
    query: z.object({ loud: z.enum(['true', 'false']).default('false') }),
    body: { schema: z.object({ n: z.int() }), maxCharacters: 40 },
    status: 201,
    answer: z.unknown(),
  },
  'GET /data': { scope: 'read', tag: 'Service', summary: 'shows data', answer: z.unknown() },
  'POST /operate': { scope: 'operate', tag: 'Operations', summary: 'says who', answer: z.unknown() },
  'GET /ill': { scope: 'public', tag: 'Service', summary: 'is ill', otherStatus: 503, answer: z.unknown() },
} as const satisfies RouteGroup;

const served = (error: unknown = undefined, auth: 'open' | 'token' = 'open') =>
  serve(ROUTES, auth, {
    'GET /x': () => {
      throw error;
    },
    'POST /things/{id}': ({ params, query, body }) => ({ id: params.id, loud: query.loud, n: body.n }),
    'GET /data': ({ actor }) => ({ actor }),
    'POST /operate': ({ actor }) => ({ actor }),
    'GET /ill': () => new WithStatus(503, { status: 'unhealthy' }),
  });

const answerSchema = z.object({ statusCode: z.int(), headers: z.record(z.string(), z.string()), body: z.string() });
const context = z.custom<never>(() => true).parse({});

async function ask(name: string, more: object = {}, handler = served()) {
  const [httpMethod = '', resource = ''] = name.split(' ');
  const event = {
    ...{ httpMethod, resource, path: resource, headers: {}, multiValueHeaders: {}, body: null },
    ...{ isBase64Encoded: false, pathParameters: null, queryStringParameters: null, stageVariables: null },
    ...{ multiValueQueryStringParameters: null, requestContext: { requestId: 'r1' }, ...more },
  };
  const answer = answerSchema.parse(await handler(z.custom<never>(() => true).parse(event), context));
  return { ...answer, json: z.unknown().parse(JSON.parse(answer.body)) };
}
const by = (actor: string, scopes: string) => ({ requestContext: { requestId: 'r1', authorizer: { actor, scopes } } });

test.each([
  ['a problem is answered as it is', new ProblemError('conflict', 'someone was first'), 409],
  ['a registry that cannot be reached is unavailable', Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 503],
  ['a throttled one too', Object.assign(new Error('slow'), { name: 'ThrottlingException' }), 503],
  ['anything else is a failure of ours', new TypeError('x is undefined'), 500],
  ['even what is no error', 'text', 500],
])('%s', async (_, error, status) => {
  const answer = await ask('GET /x', {}, served(error));
  expect([answer.statusCode, answer.json]).toMatchObject([status, { status, request_id: 'r1' }]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body).not.toContain('undefined');
  expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
});

test('a route that is not there is a problem, not a crash', async () => {
  expect(await ask('POST /x')).toMatchObject({ statusCode: 404 });
});

test('a handler gets what the schemas make of path, query and body, and its answer has the status of the table', async () => {
  const sent = { pathParameters: { id: '7' }, queryStringParameters: { loud: 'true' }, body: '{"n": 3}' };
  expect(await ask('POST /things/{id}', sent)).toMatchObject({ statusCode: 201, json: { id: 7, loud: 'true', n: 3 } });
  const quiet = { pathParameters: { id: '7' }, body: '{"n": 3}' };
  expect(await ask('POST /things/{id}', quiet)).toMatchObject({ statusCode: 201, json: { loud: 'false' } });
});

test.each([
  ['a wrong path parameter', { pathParameters: { id: 'x' } }, '/id'],
  ['a wrong value in the query', { queryStringParameters: { loud: 'very' } }, '/loud'],
  ['a parameter that came twice', { multiValueQueryStringParameters: { loud: ['true', 'false'] } }, '/loud'],
  ['a wrong field of the body', { body: '{"n": 1.5}' }, '/n'],
])('%s is refused by name', async (_, wrong, pointer) => {
  const right = { pathParameters: { id: '7' }, queryStringParameters: { loud: 'true' }, body: '{"n": 3}' };
  expect(await ask('POST /things/{id}', { ...right, ...wrong })).toMatchObject({
    statusCode: 422,
    json: { errors: [{ pointer }] },
  });
});

test('HEAD is answered as GET is', async () => {
  expect(await ask('HEAD /ill')).toMatchObject({ statusCode: 503, json: { status: 'unhealthy' } });
});

test('who operates is known by name, and needs the right even if no authorizer was asked', async () => {
  expect(await ask('POST /operate', by('ana', 'read operate'))).toMatchObject({
    statusCode: 200,
    json: { actor: 'ana' },
  });
  expect(await ask('POST /operate', by('ana', 'read'))).toMatchObject({ statusCode: 403 });
  expect(await ask('POST /operate')).toMatchObject({ statusCode: 401 });
});

test('who reads needs the right where routes take a token, and none where they are open', async () => {
  const closed = served(undefined, 'token');
  expect(await ask('GET /data')).toMatchObject({ statusCode: 200, json: { actor: null } });
  expect(await ask('GET /data', {}, closed)).toMatchObject({ statusCode: 401 });
  expect(await ask('GET /data', by('ana', 'predict'), closed)).toMatchObject({ statusCode: 403 });
  expect(await ask('GET /data', by('ana', 'read'), closed)).toMatchObject({ statusCode: 200, json: { actor: 'ana' } });
});
