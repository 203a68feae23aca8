import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviations, EXPECTATIONS, type Tokens } from '../gateway/conformance.ts';
import { openServingCloud, type ServingCloud } from './serving-cloud.ts';

let cloud: ServingCloud;
let tokens: Tokens;

beforeAll(async () => {
  cloud = await openServingCloud();
  tokens = {
    operate: await cloud.token('operate'),
    read: await cloud.token('read'),
    predict: await cloud.token('predict'),
    unknown: 'nobody',
  };
});
afterAll(() => cloud?.close());

describe('before a model is promoted', () => {
  test('predictions and model facts are 503 problems, health answers and says so', async () => {
    for (const path of ['/predict', '/model-info']) {
      const method = path === '/predict' ? 'POST' : 'GET';
      const init = method === 'POST' ? { method, body: '{}', headers: { 'content-type': 'application/json' } } : {};
      const response = await fetch(`${cloud.gateway.url}${path}`, init);
      expect([path, response.status]).toEqual([path, path === '/predict' ? 422 : 503]);
    }
    const health = await fetch(`${cloud.gateway.url}/health`);
    expect([health.status, await health.json()]).toMatchObject([200, { status: 'unhealthy', model_loaded: false }]);
    expect((await fetch(`${cloud.gateway.url}/health?strict=true`)).status).toBe(503);
  });

  test('an operator promotes the first version, and it serves at once after a reload', async () => {
    const promoted = await fetch(`${cloud.gateway.url}/promotions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.operate}` },
      body: JSON.stringify({ version: 1, reason: 'the first model' }),
    });
    expect([promoted.status, await promoted.json()]).toMatchObject([
      201,
      { rev: 1, version: 1, actor: 'tester-operate' },
    ]);
    const reloaded = await fetch(`${cloud.gateway.url}/reload-model`, { method: 'POST' });
    expect(await reloaded.json()).toMatchObject({ status: 'reloaded', version_before: null, version_after: '1' });
  });
});

describe.each(['the local gateway', "the engine's execute-api"])('%s', (server) => {
  test.each(EXPECTATIONS)('$name', async (expected) => {
    const base = server === 'the local gateway' ? cloud.gateway.url : cloud.executeApi;
    expect(await deviations(base, expected, tokens)).toEqual([]);
  });
});
