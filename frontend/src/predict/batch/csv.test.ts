import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCsv, parseCsv } from './csv.ts';

test('quoted commas, quotes and line ends, a byte order mark and both line ends are read', () => {
  expect(parseCsv('\uFEFFa,b\r\n"1,5","say ""hi""\nthere"\nx,\n')).toEqual([
    ['a', 'b'],
    ['1,5', 'say "hi"\nthere'],
    ['x', ''],
  ]);
});

test('what is written is read back, whatever the text', () => {
  const cell = fc
    .string()
    .filter((text) => !text.startsWith('\uFEFF') && !/^[=+\-@\t]/.test(text) && !text.includes('\r'));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, (table) => {
      expect(parseCsv(formatCsv(table))).toEqual(table);
    }),
  );
});

test('a cell that a spreadsheet would run as a formula is defused, a negative number is not touched', () => {
  expect(formatCsv([['=1+1', -2]])).toBe("'=1+1,-2\r\n");
});
