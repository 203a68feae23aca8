import { expect, test } from 'vitest';
import { bearerToken } from './scopes.ts';

test.each([
  ['Bearer abc-DEF_1', 'abc-DEF_1'],
  ['bearer   abc', 'abc'],
  ['Basic abc', null],
  ['abc', null],
  ['Bearer ', null],
])('of "%s" the token is %s', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});
