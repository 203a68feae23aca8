import { expect, test } from 'vitest';
import { z } from 'zod';
import { ProblemError } from '../../core/problem/problem.ts';
import { serve } from './routes.ts';

const failing = (error: unknown) =>
  serve({
    'GET /x': () => {
      throw error;
    },
  });
const event = (method = 'GET') => ({
  ...{ httpMethod: method, resource: '/x', path: '/x', headers: {}, multiValueHeaders: {}, body: null },
  ...{ isBase64Encoded: false, pathParameters: null, queryStringParameters: null, stageVariables: null },
  ...{ multiValueQueryStringParameters: null },
  requestContext: z.custom<never>(() => true).parse({ requestId: 'r1' }),
});
const context = z.custom<never>(() => true).parse({});

test.each([
  ['a problem is answered as it is', new ProblemError('conflict', 'someone was first'), 409],
  ['a registry that cannot be reached is unavailable', Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 503],
  ['a throttled one too', Object.assign(new Error('slow'), { name: 'ThrottlingException' }), 503],
  ['anything else is a failure of ours', new TypeError('x is undefined'), 500],
  ['even what is no error', 'text', 500],
])('%s', async (_, error, status) => {
  const answer = await failing(error)(event(), context);
  expect([answer.statusCode, JSON.parse(answer.body)]).toMatchObject([status, { status, request_id: 'r1' }]);
  expect(answer.headers?.['content-type']).toBe('application/problem+json');
  expect(answer.body).not.toContain('undefined');
  expect(answer.headers?.['retry-after']).toBe(status === 503 ? '1' : undefined);
});

test('a route that is not there is a problem, not a crash', async () => {
  expect((await failing('x')(event('POST'), context)).statusCode).toBe(404);
});
