import { expect, test } from 'vitest';
import { parameterNames, Router } from './router.ts';

const router = new Router<string>();
for (const path of [
  '/',
  '/models',
  '/models/{version}',
  '/models/latest',
  '/runs/{id}/files/{name}',
  '/docs',
  '/docs/{file+}',
]) {
  router.add('GET', path, path);
}
router.add('POST', '/models', 'POST /models');
router.add('ANY', '/models', 'ANY /models');
router.add('ANY', '/docs/{file+}', 'ANY /docs/{file+}');

test.each([
  ['/', '/', []],
  ['/models', '/models', []],
  ['/models/', '/models', []],
  ['/models/7', '/models/{version}', ['7']],
  ['/models/latest', '/models/latest', []],
  ['/runs/a%2Fb/files/c%20d', '/runs/{id}/files/{name}', ['a/b', 'c d']],
  ['/docs/css/a.css', '/docs/{file+}', ['css/a.css']],
  ['/models/%E0%A4%A', '/models/{version}', ['%E0%A4%A']],
])('%s is answered by %s', (path, route, parameters) => {
  expect(router.find('GET', path)).toEqual({ route, parameters });
});

test.each([
  ['GET', '/nothing'],
  ['GET', '/models/7/more'],
  ['POST', '/models/7'],
  ['GET', '/runs'],
])('%s %s leads nowhere', (method, path) => {
  expect(router.find(method, path)).toBeNull();
});

test('what a path does not have goes to its ANY, and to that of no other', () => {
  expect(router.find('DELETE', '/models')?.route).toBe('ANY /models');
  expect(router.find('POST', '/models')?.route).toBe('POST /models');
  expect(router.find('TRACE', '/docs/a/b')?.route).toBe('ANY /docs/{file+}');
  expect(router.find('ANY', '/models/7')).toBeNull();
});

test('a path names its parameters, greedy ones too', () => {
  expect(parameterNames('/runs/{id}/files/{name}')).toEqual(['id', 'name']);
  expect(parameterNames('/docs/{file+}')).toEqual(['file']);
});
