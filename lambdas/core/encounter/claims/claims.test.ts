import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIABETES_130 } from '../../dataset/diabetes-130/index.ts';
import { EXAMPLE_CELLS } from '../fixtures/row.ts';
import { HEADER_COLUMNS } from '../header.ts';
import { rowParser } from '../rows.ts';
import { encounterIdOf } from './encounter-id.ts';
import { common, decodeIds, encodeIds, holds, idSetOf, without } from './id-set.ts';
import { RefusedIds } from './refused-ids.ts';

const parseRow = rowParser(DIABETES_130);
const lineOf = (id: string, cells: Readonly<Record<string, string>> = {}) => {
  const bytes = new TextEncoder().encode(
    HEADER_COLUMNS.map((column) => (column === 'encounter_id' ? id : (cells[column] ?? EXAMPLE_CELLS[column]))).join(
      ',',
    ),
  );
  return { bytes, length: bytes.length };
};

describe('the encounter id of a line', () => {
  it.each([
    ['digits', '149190', 149190],
    ['quoted digits', '"149190"', 149190],
    ['leading zeros', '000149190', 149190],
    ['16 digits', '1234567890123456', 1234567890123456],
    ['the largest exact integer', '9007199254740991', 9007199254740991],
  ])('is the number for %s, as the row reader has it', (_, cell, id) => {
    expect(encounterIdOf(lineOf(cell), parseRow)).toBe(id);
    expect(parseRow(lineOf(cell).bytes)).toMatchObject({ ok: true, row: { encounter_id: id } });
  });

  it.each([
    ['nothing', ''],
    ['letters', '12a'],
    ['a number that a double cannot hold', '9007199254740993'],
    ['twenty digits', '12345678901234567890'],
  ])('is none for %s', (_, cell) => {
    expect(encounterIdOf(lineOf(cell), parseRow)).toBeNull();
  });

  it('of every good row is the one that the row reader gives, however its cell is written', () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 19n }).map(String);
    const cell = fc.oneof(
      digits,
      digits.map((text) => `"${text}"`),
      digits.map((text) => `00${text}`),
      fc.string(),
    );
    fc.assert(
      fc.property(cell, (text) => {
        const parsed = parseRow(lineOf(text).bytes);
        if (parsed.ok) expect(encounterIdOf(lineOf(text), parseRow)).toBe(parsed.row.encounter_id);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('refused ids', () => {
  it('are those that no good row of the batch has, and the first good row of an encounter is its row', () => {
    const refused = new RefusedIds(parseRow);
    const add = (line: ReturnType<typeof lineOf>) => refused.add(line, parseRow(line.bytes));
    expect(add(lineOf('1', { age: 'old' }))).toBe(false);
    expect(add(lineOf('1'))).toBe(true);
    expect(add(lineOf('1'))).toBe(false);
    expect(add(lineOf('2', { age: 'old' }))).toBe(false);
    expect([...refused.result()]).toEqual([2]);
  });
});

describe('a set of ids', () => {
  const ids = fc.array(fc.oneof(fc.nat(30), fc.nat(Number.MAX_SAFE_INTEGER)), { maxLength: 200 });

  it('answers as a set does, and survives being stored', () => {
    fc.assert(
      fc.property(ids, ids, (left, right) => {
        const [a, b] = [idSetOf(left), idSetOf(right)];
        const [inA, inB] = [new Set(left), new Set(right)];
        const ascending = (values: Iterable<number>) => [...values].sort((x, y) => x - y);
        expect([...common(a, b)]).toEqual(ascending([...inA].filter((id) => inB.has(id))));
        expect([...without(a, b)]).toEqual(ascending([...inA].filter((id) => !inB.has(id))));
        for (const id of right) expect(holds(a, id)).toBe(inA.has(id));
        expect(decodeIds(encodeIds(a))).toEqual(a);
      }),
    );
  });
});
