import { expect, test } from 'vitest';
import { ROUTES } from '../../lambdas/core/routes/table.ts';
import { isOpenToPages, Visitors, withoutCors } from './visitors.ts';

const visitors = new Visitors(['Host.Docker.Internal'], ['http://localhost:5173']);

test.each([
  'localhost:8000',
  '127.0.0.1:8000',
  'LOCALHOST',
  'localhost:9999',
  '[::1]:8000',
  'host.docker.internal:8000',
])('%s is a name of this machine', (host) => {
  expect([visitors.isOurHost(host), visitors.isOurHost(host)]).toEqual([true, true]);
});

test.each([
  'evil.example',
  'evil.example:8000',
  'localhost.evil.example:8000',
  '127.0.0.1.evil.example',
  'evil.example:localhost',
  '192.168.0.7:8000',
  '0.0.0.0:8000',
  '',
  undefined,
])('%s is none', (host) => {
  expect(visitors.isOurHost(host)).toBe(false);
});

const host = 'localhost:8000';

test.each<[string, string, Record<string, string>]>([
  ['a program', 'POST', { host }],
  ['the own page', 'POST', { host, origin: 'http://localhost:8000', 'sec-fetch-site': 'same-origin' }],
  ['the own page, reading', 'GET', { host, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
  ['the own page through a tunnel', 'POST', { host: '127.0.0.1:9000', origin: 'http://127.0.0.1:9000' }],
  ['a page that the user named', 'POST', { host, origin: 'http://localhost:5173', 'sec-fetch-site': 'same-site' }],
  ['the user, by the address bar', 'GET', { host, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  [
    'the user, by a link',
    'GET',
    { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ],
  ["Node's fetch", 'POST', { host, 'sec-fetch-mode': 'cors' }],
])('%s is let in', (_, method, headers) => {
  expect(visitors.isForeignPage(method, headers)).toBe(false);
});

test.each<[string, string, Record<string, string>]>([
  ['another site', 'POST', { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['an old browser', 'POST', { host, origin: 'https://evil.example' }],
  ['a file or a sandboxed frame', 'POST', { host, origin: 'null' }],
  ['a page on another port', 'POST', { host, origin: 'http://localhost:3000' }],
  ['a page of the other name', 'POST', { host, origin: 'http://127.0.0.1:8000' }],
  ['an image or a script', 'GET', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  [
    'a frame',
    'GET',
    { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ],
  [
    'a form',
    'POST',
    { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ],
])('%s is a foreign page', (_, method, headers) => {
  expect(visitors.isForeignPage(method, headers)).toBe(true);
});

test('pages may read what shows no data, and nothing else', () => {
  const open = ROUTES.filter(({ path }) => isOpenToPages(path));
  expect(open.map(({ method, path, scope }) => `${method} ${path} ${scope}`).sort()).toEqual([
    'GET / public',
    'GET /docs public',
    'GET /docs/{file+} public',
    'GET /health public',
    'GET /openapi.json public',
  ]);
});

test('the headers for other pages are left out, whatever their case', () => {
  const headers = ['Content-Type', 'a', 'Access-Control-Allow-Origin', '*', 'access-control-max-age', '1', 'X', 'b'];
  expect(withoutCors(headers)).toEqual(['Content-Type', 'a', 'X', 'b']);
});
