import { expect, test } from 'vitest';
import { HeaderReader, SEPARATOR } from './proxy-headers.ts';

const raw = (...parts: readonly string[]) => parts.join(SEPARATOR);

test('a repeated header has its last value, and all of them in the list', () => {
  const { single, multi, userAgent } = new HeaderReader(8000).read(
    raw('Host', 'h', 'X-Twice', '1', 'User-Agent', 'curl', 'X-Twice', '2'),
    '127.0.0.1',
  );
  const forwarded = { 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Port': '8000', 'X-Forwarded-Proto': 'http' };
  expect(single).toEqual({ Host: 'h', 'X-Twice': '2', 'User-Agent': 'curl', ...forwarded });
  expect(multi['X-Twice']).toEqual(['1', '2']);
  expect(userAgent).toBe('curl');
});

test('headers that came before are not read again, unless from elsewhere', () => {
  const reader = new HeaderReader(8000);
  const first = reader.read(raw('Host', 'h'), '127.0.0.1');
  expect(reader.read(raw('Host', 'h'), '127.0.0.1')).toBe(first);
  expect(reader.read(raw('Host', 'h'), '::1').single['X-Forwarded-For']).toBe('::1');
  for (let i = 0; i < 1000; i++) reader.read(raw('Host', `h${i}`), '127.0.0.1');
  expect(reader.read(raw('Host', 'h'), '127.0.0.1')).toEqual(first);
});

test('an empty value is a value, no header at all is none', () => {
  const reader = new HeaderReader(8000);
  expect(reader.read(raw('X-Empty', '', 'Host', 'h'), '127.0.0.1').single).toMatchObject({ 'X-Empty': '', Host: 'h' });
  expect(Object.keys(reader.read('', '127.0.0.1').single)).toHaveLength(3);
});
