import { expect, test } from 'vitest';
import { Authorizer } from './authorizer.ts';

const BASE = 'arn:aws:execute-api:us-east-1:000000000000:api/v1';
let calls = 0;

function authorizer(answer: unknown): Authorizer {
  calls = 0;
  return new Authorizer({ functionName: 'f', header: 'authorization', cacheMs: 60_000 }, async () => {
    calls += 1;
    return answer;
  });
}
const policy = (...statements: readonly (readonly [effect: string, resource: string | string[]])[]) => ({
  principalId: 'ana',
  policyDocument: {
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Resource]) => ({ Effect, Action: 'execute-api:Invoke', Resource })),
  },
  context: { actor: 'ana', level: 3 },
});
const headers = ['Host', 'x', 'AUTHORIZATION', 'Bearer t'];

test('an allowed caller reaches the function with the context as text', async () => {
  const permission = await authorizer(policy(['Allow', `${BASE}/GET/*`])).permit(headers, `${BASE}/GET/models/3`);
  expect(permission).toEqual({ allowed: true, caller: '{"actor":"ana","level":"3","principalId":"ana"}' });
});

test.each([
  ['no statement fits', policy(['Allow', `${BASE}/GET/*`]), 'denied'],
  ['one denies', policy(['Allow', `${BASE}/*`], ['Deny', [`${BASE}/POST/promotions`]]), 'explicitly-denied'],
  ['the function says Unauthorized', { errorType: 'Error', errorMessage: 'Unauthorized' }, 'unauthorized'],
  ['the function fails', { errorType: 'Error', errorMessage: 'out of order' }, 'authorizer-failed'],
  ['the function answers nonsense', 'yes', 'authorizer-failed'],
])('when %s, the answer is %s: %s', async (_, answer, refusal) => {
  expect(await authorizer(answer).permit(headers, `${BASE}/POST/promotions`)).toEqual({ allowed: false, refusal });
});

test('without a token the function is not even asked', async () => {
  const guard = authorizer(policy(['Allow', '*']));
  expect(await guard.permit(['Host', 'x'], `${BASE}/GET/models`)).toMatchObject({ refusal: 'unauthorized' });
  expect(calls).toBe(0);
});

test('one token is asked about once within its lifetime, a failure again the next time', async () => {
  const guard = authorizer(policy(['Allow', `${BASE}/GET/*`]));
  for (const path of ['models', 'ledger', 'runs']) await guard.permit(headers, `${BASE}/GET/${path}`);
  expect(calls).toBe(1);
  const failing = authorizer('nonsense');
  for (let i = 0; i < 2; i++) await failing.permit(headers, `${BASE}/GET/models`);
  expect(calls).toBe(2);
});

test('a star in a policy is no regular expression', async () => {
  const guard = authorizer(policy(['Allow', `${BASE}/GET/a.c`]));
  expect(await guard.permit(headers, `${BASE}/GET/abc`)).toMatchObject({ refusal: 'denied' });
});
