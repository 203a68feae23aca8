import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packLines, unpackLines } from './log-lines.ts';

test('what is packed comes out as it went in', () => {
  const line = fc.tuple(fc.nat(), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(unpackLines(packLines(lines))).toEqual(
        lines.map(([time, text]) => [time, text.replaceAll('\0', '\uFFFD')]),
      );
    }),
  );
});

test('packed texts may be put together; tabs, line ends and NULs of a line stay within it', () => {
  const first = packLines([
    [1, 'a\tb\nc'],
    [2, ''],
  ]);
  expect(unpackLines(first + packLines([[3, 'd\0e']]))).toEqual([
    [1, 'a\tb\nc'],
    [2, ''],
    [3, 'd\uFFFDe'],
  ]);
});
