import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duplicateKey } from './duplicate-key.ts';

const found = (text: string) => duplicateKey(text, JSON.parse(text));

test.each([
  ['{"risk": 1, "risk": 2}', ['risk']],
  ['{"risk": 1, "r\\u0069sk": 2}', ['risk']],
  ['{"a": {"b": 1, "c": 2, "b": 3}}', ['a', 'b']],
  ['{"encounters": [{"a": 1}, {"a": 1, "a" : 2}]}', ['encounters', '1', 'a']],
  ['[{"x": 1}, {"y": {"z": [], "z": {}}}]', ['1', 'y', 'z']],
  ['{"__proto__": 1, "__proto__": 2}', ['__proto__']],
  ['{"": 1, "": 2}', ['']],
  ['{"a": "x:y", "a": ":"}', ['a']],
])('in %s the member %j stands twice', (text, path) => {
  expect(found(text)).toEqual(path);
});

test.each([
  '{"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 2}]}',
  '{"time": "2026-11-01T00:00:00Z", "say": "\\"a\\": 1, \\"a\\": 2", "b": "{,"}',
  '{"a\\\\": 1, "a": 2}',
  '7',
  '"a:b"',
  '[]',
])('%s has no name twice', (text) => {
  expect(found(text)).toBeNull();
});

test('whatever JSON there is, it is told from the same with one member doubled', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json, { minKeys: 1 }), json, (object, more) => {
      const text = JSON.stringify(object);
      const [name = ''] = Object.keys(JSON.parse(text));
      const doubled = `{${JSON.stringify(name)}:${JSON.stringify(more)},${text.slice(1)}`;
      expect(found(text)).toBeNull();
      expect(found(doubled)).toEqual([name]);
    }),
  );
});
