import { expect, test } from 'vitest';
import { ROUTES } from '../routes/table.ts';
import { openedResources, opens, takesToken } from './rights.ts';
import { SCOPES, type Scope } from './scopes.ts';

const API = 'arn:aws:execute-api:us-east-1:000000000000:abc123/v1';
const opened = (...scopes: Scope[]) =>
  openedResources(scopes, ROUTES, `${API}/POST/promotions`).map((arn) => arn.replace(`${API}/`, ''));

/** As API Gateway reads the resources of a policy: `*` stands for any text, slashes included. */
const lets = (patterns: readonly string[], called: string) =>
  patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(called));
const called = ({ method, path }: (typeof ROUTES)[number]) => `${method}${path.replaceAll(/\{[^}]+\}/g, 'x1')}`;

test('a token that may predict opens predictions and what is open to all', () => {
  expect(opened('predict').filter((pattern) => pattern.startsWith('POST'))).toEqual([
    'POST/predict',
    'POST/predict/batch',
    'POST/reload-model',
  ]);
  expect(opened('predict')).not.toContain('GET/models');
});

test('a token of Prometheus opens the metrics and nothing else that shows data', () => {
  const shown = ROUTES.filter(({ scope }) => scope !== 'public').map(called);
  expect(shown.filter((route) => lets(opened('metrics'), route))).toEqual(['GET/metrics']);
});

test('rows of patients that were put aside are opened by an operator alone', () => {
  expect(lets(opened('operate'), 'GET/quarantine')).toBe(true);
  expect(lets(opened('read', 'predict', 'metrics'), 'GET/quarantine')).toBe(false);
});

test.each(SCOPES)('the patterns of %s let through exactly the routes that it opens', (scope) => {
  for (const route of ROUTES) {
    expect([called(route), lets(opened(scope), called(route))]).toEqual([called(route), opens([scope], route.scope)]);
  }
});

test('operating takes a token always, showing data by the setting, the rest never', () => {
  for (const { name, scope } of ROUTES) {
    expect([name, takesToken(scope, 'open')]).toEqual([name, scope === 'operate' || scope === 'outcomes']);
    expect([name, takesToken(scope, 'token')]).toEqual([name, scope !== 'public']);
  }
});
