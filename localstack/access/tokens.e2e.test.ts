import { beforeAll, expect, test } from 'vitest';
import { stack } from '../e2e/stack.ts';
import { makeToken } from './make-token.ts';
import { listTokens, revokeToken } from './tokens.ts';

const { clients, outputs } = stack('main');
const table = outputs.RegistryTableName;
const names = async () => (await listTokens(clients.dynamo, table)).map(({ name }) => name);
let text = '';

beforeAll(async () => {
  text = await makeToken(clients.dynamo, table, { name: 'ward 7', scopes: ['read'], days: 90 });
  await makeToken(clients.dynamo, table, { name: 'ward 8', scopes: ['predict'], days: 1 });
});

test('tokens are listed with what they open and until when, never with their text', async () => {
  const known = await listTokens(clients.dynamo, table);
  const found = known.find(({ name }) => name === 'ward 7');
  expect(found).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{12}$/), scopes: ['read'] });
  expect((found?.expires_at ?? 0) * 1000 - Date.parse(found?.created_at ?? '')).toBeCloseTo(90 * 86_400_000, -4);
  expect(JSON.stringify(known)).not.toContain(text);
});

test('one is revoked by its id and the others stay', async () => {
  const known = await listTokens(clients.dynamo, table);
  const { id = '' } = known.find(({ name }) => name === 'ward 7') ?? {};
  await expect(revokeToken(clients.dynamo, table, '000000ffffff')).rejects.toThrow(/no token.*--list/);
  expect(await revokeToken(clients.dynamo, table, id)).toMatchObject({ name: 'ward 7' });
  expect(await names()).toContain('ward 8');
  expect(await names()).not.toContain('ward 7');
});
