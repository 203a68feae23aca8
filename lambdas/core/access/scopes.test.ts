import { expect, test } from 'vitest';
import { bearerToken, openedResources } from './scopes.ts';

const ARN = 'arn:aws:execute-api:us-east-1:000000000000:abc123/v1/POST/promotions';

test('a token that may predict opens predictions and nothing else', () => {
  expect(openedResources(['predict'], ARN)).toEqual([
    'arn:aws:execute-api:us-east-1:000000000000:abc123/v1/POST/predict',
    'arn:aws:execute-api:us-east-1:000000000000:abc123/v1/POST/predict/batch',
    'arn:aws:execute-api:us-east-1:000000000000:abc123/v1/POST/reload-model',
  ]);
});

test('an operator may also read', () => {
  expect(openedResources(['operate', 'read'], ARN)).toEqual([
    'arn:aws:execute-api:us-east-1:000000000000:abc123/v1/GET/*',
    'arn:aws:execute-api:us-east-1:000000000000:abc123/v1/POST/*',
  ]);
});

test('a token that may read opens no rows of patients', () => {
  const opened = openedResources(['read'], ARN).map((arn) => new RegExp(`^${arn.replaceAll('*', '.*')}$`));
  const opens = (route: string) => opened.some((pattern) => pattern.test(ARN.replace('POST/promotions', route)));
  expect(['GET/models/1', 'GET/ledger', 'GET/quarantine', 'POST/promotions'].map(opens)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ['Bearer abc-DEF_1', 'abc-DEF_1'],
  ['bearer   abc', 'abc'],
  ['Basic abc', null],
  ['abc', null],
  ['Bearer ', null],
])('of "%s" the token is %s', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});
