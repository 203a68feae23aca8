import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_LIST } from '../../lambdas/core/encounter/contract.ts';
import { HIGH_RISK_PRESET } from '../../lambdas/core/encounter/examples.ts';
import { batchSchema, type Prediction, predictionSchema, problemSchema } from '../../lambdas/core/serving/answers.ts';
import { deviations, type Tokens } from '../gateway/conformance/deviations.ts';
import { PROBLEM_ANSWER } from '../gateway/conformance/expectation.ts';
import { PREDICTIONS } from '../gateway/conformance/predictions.ts';
import { ROUTE_EXPECTATIONS } from '../gateway/conformance/routes.ts';
import { FOREIGN_PAGES, SERVICE } from '../gateway/conformance/service.ts';
import { type Body, invalidBody, validBody } from './bodies.ts';
import { openServingCloud, type ServingCloud } from './serving-cloud.ts';

let cloud: ServingCloud;
let tokens: Tokens;

beforeAll(async () => {
  cloud = await openServingCloud();
  tokens = {
    operate: await cloud.token('operate'),
    outcomes: await cloud.token('outcomes'),
    read: await cloud.token('read'),
    predict: await cloud.token('predict'),
    metrics: await cloud.token('metrics'),
    unknown: 'nobody',
  };
});
afterAll(() => cloud?.close());

async function post(path: string, body: unknown, base = cloud.gateway.url) {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.operate}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}
async function get(path: string, base = cloud.gateway.url) {
  const response = await fetch(`${base}${path}`);
  return { status: response.status, json: await response.json() };
}
const predict = async (body: Body = HIGH_RISK_PRESET): Promise<Prediction> => {
  const { status, json } = await post('/predict', body);
  expect([status, json]).toMatchObject([200, {}]);
  return predictionSchema.parse(json);
};
const promote = (version: number) => post('/promotions', { version, reason: `version ${version} it is` });

describe('before a model is promoted', () => {
  test('predictions and model facts are 503 problems', async () => {
    expect(await post('/predict', HIGH_RISK_PRESET)).toMatchObject({
      status: 503,
      json: { title: 'No model is promoted' },
    });
    expect(await get('/model-info')).toMatchObject({ status: 503 });
  });

  test('health answers and says so; strictly asked, by its status too', async () => {
    const unhealthy = { status: 'unhealthy', registry_connected: true, model_loaded: false, model_info: null };
    expect(await get('/health')).toMatchObject({ status: 200, json: unhealthy });
    expect(await get('/health?strict=true')).toMatchObject({ status: 503, json: unhealthy });
  });

  test('there is nothing to roll back', async () => {
    expect(await post('/rollbacks', { reason: 'just trying' })).toMatchObject({ status: 409 });
  });

  test('an operator promotes version 1; after a reload it serves', async () => {
    expect(await promote(1)).toMatchObject({ status: 201, json: { rev: 1, version: 1, actor: 'tester-operate' } });
    const reloaded = { status: 'reloaded', version_before: null, version_after: '1' };
    expect(await post('/reload-model', {})).toMatchObject({ status: 200, json: reloaded });
    expect((await predict()).model_version).toBe('1');
  });
});

describe.each(['the local gateway', "the engine's execute-api"])('%s', (server) => {
  test.each([...PREDICTIONS, ...SERVICE, ...ROUTE_EXPECTATIONS])('$name', async (expected) => {
    const base = server === 'the local gateway' ? cloud.gateway.url : cloud.executeApi;
    expect(await deviations(base, expected, tokens)).toEqual([]);
  });
});

describe('pages of other origins', () => {
  test.each(FOREIGN_PAGES)('as deployed: $name', async (expected) => {
    expect(await deviations(cloud.executeApi, expected, tokens)).toEqual([]);
  });

  test.each(FOREIGN_PAGES)('the gateway of this machine lets none in: $path by $method', async (expected) => {
    const { name, path, method, headers, body } = expected;
    const refused = { status: 403, answerHeaders: { ...PROBLEM_ANSWER, 'access-control-allow-origin': /^$/ } };
    const asked = { name, path, ...(method && { method }), ...(headers && { headers }), body };
    expect(await deviations(cloud.gateway.url, { ...asked, ...refused }, tokens)).toEqual([]);
  });
});

describe('whatever a client sends', () => {
  test('every body that fits the contract gets a probability, and the same one again', async () => {
    await fc.assert(
      fc.asyncProperty(validBody(), async (body) => {
        const { probability, prediction, threshold } = await predict(body);
        expect(prediction).toBe(probability >= threshold ? 1 : 0);
        expect((await predict(body)).probability).toBe(probability);
      }),
      { numRuns: 150 },
    );
  });

  test('every body with one wrong field is a problem that names the field', async () => {
    await fc.assert(
      fc.asyncProperty(invalidBody(), async ({ body, field }) => {
        const { status, json } = await post('/predict', body);
        const named = new Set(problemSchema.parse(json).errors?.map((error) => error.field));
        expect([field, status, [...named]]).toEqual([field, 422, [field]]);
      }),
      { numRuns: 300 },
    );
  });

  test('any other JSON and any other text is a problem of the client, never of the server', async () => {
    const anything = fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' }), fc.constant('['.repeat(20_000)));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/predict', '/predict/batch'), anything, async (path, body) => {
        const { status, json } = await post(path, body);
        // A list in a batch is answered item by item, each with its own error.
        const expected = path === '/predict' ? [400, 422] : [200, 400, 422];
        expect(expected, `${status} to ${body.slice(0, 200)}`).toContain(status);
        if (status !== 200) problemSchema.parse(json);
      }),
      { numRuns: 300 },
    );
  });

  test('an explanation sums to the margin and names every field', async () => {
    await fc.assert(
      fc.asyncProperty(validBody(), async (body) => {
        const { explanation } = predictionSchema.parse((await post('/predict?explain=true', body)).json);
        if (explanation === undefined) throw new Error('no explanation');
        const sum = explanation.contributions.reduce((total, { contribution }) => total + contribution, 0);
        expect(Math.abs(explanation.base_value + sum - explanation.margin)).toBeLessThan(1e-6);
        expect(explanation.contributions.length).toBe(FIELD_LIST.length);
      }),
      { numRuns: 50 },
    );
  });

  test('a batch gives each encounter what it gets alone', async () => {
    const bodies = fc.sample(validBody(), { seed: 5, numRuns: 200 });
    const { results } = batchSchema.parse((await post('/predict/batch', { encounters: bodies })).json);
    for (const [index, body] of bodies.entries()) {
      const { request_id: _, prediction_id: __, ...alone } = await predict(body);
      expect(results[index]).toEqual({ index, ok: true, result: { ...alone, prediction_id: expect.any(String) } });
    }
  });
});
