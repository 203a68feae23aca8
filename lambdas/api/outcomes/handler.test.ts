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

async function ask(body: unknown, scopes: string | null = 'outcomes') {
  const authorizer = scopes === null ? null : { actor: 'feed', scopes };
  const event = {
    ...{ httpMethod: 'POST', resource: '/outcomes', path: '/outcomes', isBase64Encoded: false, pathParameters: null },
    ...{ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), queryStringParameters: null },
    requestContext: { requestId: 'r1', authorizer },
  };
  const { statusCode, body: text } = answerSchema.parse(await handler(event, {}));
  return { statusCode, text, json: z.unknown().parse(JSON.parse(text)) };
}

async function get(resource: string, queryStringParameters: object) {
  const event = {
    ...{ httpMethod: 'GET', resource, path: resource, isBase64Encoded: false, pathParameters: null, headers: {} },
    ...{ body: null, queryStringParameters, requestContext: { requestId: 'r1', authorizer: null } },
  };
  const { statusCode, body } = answerSchema.parse(await handler(event, {}));
  return { statusCode, json: z.unknown().parse(JSON.parse(body)) };
}

const OUTCOME = {
  ...{ prediction_id: '20260301.r.0', readmitted: true, observed_at: '2026-03-10T00:00:00Z', source: 'feed' },
};

test('outcomes are told by a token for them, even where the API is open', async () => {
  expect(await ask({ outcomes: [OUTCOME] }, null)).toMatchObject({ statusCode: 401 });
  expect(await ask({ outcomes: [OUTCOME] }, 'read predict metrics')).toMatchObject({ statusCode: 403 });
});

test.each([
  ['/outcomes/1/observed_at', { observed_at: '2026-02-01T00:00:00Z' }],
  ['/outcomes/1/observed_at', { observed_at: '2999-01-01T00:00:00Z' }],
  ['/outcomes/1/observed_at', { readmitted: false }],
  ['/outcomes/1/discharged_at', { discharged_at: '2026-03-11T00:00:00Z' }],
  ['/outcomes/1/prediction_id', { encounter_ref: 'stay-1' }],
  ['/outcomes/1/source', { source: 'Jane Doe' }],
])('one wrong outcome refuses the report by the field %s, with no value in the answer', async (pointer, wrong) => {
  const answer = await ask({ outcomes: [OUTCOME, { ...OUTCOME, ...wrong }] });
  expect(answer).toMatchObject({ statusCode: 422, json: { errors: [{ pointer }] } });
  expect(answer.text).not.toMatch(/Jane|stay-1|20260301/);
});

test.each([
  [{ from: '2026-03-02', to: '2026-03-01' }, '/to'],
  [{ from: '2026-01-01', to: '2026-12-31' }, '/to'],
  [{ from: 'yesterday' }, '/from'],
])('of the range %j no performance is told, by the name of what is wrong', async (query, pointer) => {
  expect(await get('/performance', query)).toMatchObject({ statusCode: 422, json: { errors: [{ pointer }] } });
});
