import { expect, test } from 'vitest';
import { z } from 'zod';
import { takesToken } from '../access/rights.ts';
import { openApi } from '../openapi/document.ts';
import { ROUTES } from './table.ts';

const operationSchema = z.object({
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']) })).default([]),
  responses: z.record(z.string(), z.unknown()),
});
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), operationSchema)) });
const described = { open: documentSchema.parse(openApi('open')), token: documentSchema.parse(openApi('token')) };
const operation = (auth: 'open' | 'token', { path, method }: (typeof ROUTES)[number]) =>
  described[auth].paths[path]?.[method.toLowerCase()];

test('a route stands once, under one function', () => {
  const names = ROUTES.map(({ name }) => name);
  expect(names.toSorted()).toEqual([...new Set(names)].sort());
});

test('every route has a right that is one of those that the authorizer knows', () => {
  for (const { name, scope } of ROUTES) {
    expect([name, ['public', 'predict', 'read', 'metrics', 'outcomes', 'operate']]).toEqual([
      name,
      expect.arrayContaining([scope]),
    ]);
  }
});

test('what changes something takes a token always; what is open to all can change nothing', () => {
  for (const { name, scope, method } of ROUTES) {
    // Predictions and a reload change nothing that lasts.
    if (method === 'POST' && scope !== 'predict') expect(['outcomes', 'operate']).toContain(scope);
    if (scope === 'public') expect([name, method]).toEqual([name, 'GET']);
  }
});

test('the parameters of a path are those that its name has', () => {
  for (const { name, path, params } of ROUTES) {
    const named = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, parameter]) => parameter);
    expect([name, Object.keys(params?.shape ?? {})]).toEqual([name, named]);
  }
});

test('only what is no part of the API is left out of its description', () => {
  const left = ROUTES.filter((route) => operation('open', route) === undefined);
  expect(left.map(({ name }) => name)).toEqual(['GET /docs/{file+}']);
});

test.each(['open', 'token'] as const)('with auth=%s the description says of every route what it takes', (auth) => {
  for (const route of ROUTES) {
    const found = operation(auth, route);
    if (found === undefined) continue;
    const asksToken = takesToken(route.scope, auth);
    expect([route.name, found.security]).toEqual([route.name, asksToken ? [{ token: [] }] : []]);
    for (const status of ['401', '403'])
      expect([route.name, status in found.responses]).toEqual([route.name, asksToken]);
  }
});
