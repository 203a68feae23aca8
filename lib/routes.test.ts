import { expect, test } from 'vitest';
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
