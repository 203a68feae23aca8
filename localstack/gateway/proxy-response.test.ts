import { expect, test } from 'vitest';
import { responseOutcome } from './proxy-response.ts';

test('a plain result gets the default content type', () => {
  expect(responseOutcome(1, { statusCode: 201, body: '{}' }, true)).toEqual([
    1,
    201,
    ['Content-Type', 'application/json'],
    '{}',
    false,
  ]);
});

test('names in both lists have the values of the multi-value one, whatever their case', () => {
  const headers = { 'content-type': 'text/plain', 'Set-Cookie': 'a=1' };
  const multiValueHeaders = { 'set-cookie': ['b=2', 'c=3'] };
  expect(
    responseOutcome(1, { statusCode: '200', headers, multiValueHeaders, body: 'x', isBase64Encoded: true }, true),
  ).toEqual([...[1, 200], ['content-type', 'text/plain', 'set-cookie', 'b=2', 'set-cookie', 'c=3'], ...['x', true]]);
});

test('what lets any page read an answer is left out where that is not meant', () => {
  const result = {
    statusCode: 200,
    headers: { 'Access-Control-Allow-Origin': '*', 'content-type': 'text/plain' },
    multiValueHeaders: { 'access-control-expose-headers': ['*'] },
  };
  expect(responseOutcome(1, result, false)).toEqual([1, 200, ['content-type', 'text/plain'], '', false]);
  expect(responseOutcome(1, result, true)[2]).toContain('Access-Control-Allow-Origin');
});

test.each([
  undefined,
  null,
  'text',
  {},
  { statusCode: 9 },
  { statusCode: 200, body: { a: 1 } },
  { statusCode: 200, headers: ['x'] },
])('%j is no proxy result', (result) => {
  expect(responseOutcome(7, result, true)).toEqual([7]);
});
