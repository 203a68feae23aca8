import { expect, test } from 'vitest';
import { openedResources } from '../lambdas/core/access/scopes.ts';
import { openApi } from '../lambdas/core/openapi/document.ts';
import { ROUTES } from './routes.ts';

test('the API description tells of exactly the routes that are deployed', () => {
  const { paths } = openApi();
  const described = Object.entries(Object(paths)).flatMap(([path, methods]) =>
    Object.keys(Object(methods)).map((method) => `${method.toUpperCase()} ${path}`),
  );
  // The files of the page under /docs are no part of the API.
  const deployed = ROUTES.filter(({ path }) => path !== '/docs/{file+}').map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual(deployed.sort());
});

test('what takes a token is marked so in the description', () => {
  const { paths } = openApi();
  for (const { method, path, scope } of ROUTES) {
    const operation = Object(Object(Object(paths)[path])[method.toLowerCase()]);
    if (scope === 'operate') expect([path, operation.security]).toEqual([path, [{ token: [] }]]);
  }
});

test.each(['predict', 'read', 'operate'] as const)('a token of scope %s opens the routes of this scope', (scope) => {
  const opened = openedResources([scope], 'arn:aws:execute-api:eu-west-1:1:api/v1/GET/').map(
    (arn) => new RegExp(`^${arn.replaceAll('*', '.*')}$`),
  );
  for (const route of ROUTES.filter(({ scope: needed }) => needed !== 'public')) {
    const opens = opened.some((pattern) =>
      pattern.test(`arn:aws:execute-api:eu-west-1:1:api/v1/${route.method}${route.path}`),
    );
    expect([route.path, opens]).toEqual([route.path, scope === 'operate' || route.scope === scope]);
  }
});
