import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outstanding } from './outstanding.ts';

test('it holds what a Map of the same additions and removals holds', () => {
  const step = fc.oneof(fc.constant('add' as const), fc.nat({ max: 400 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600, size: 'max' }), fc.nat({ max: 0x7fffff00 }), (steps, first) => {
      const outstanding = new Outstanding<string>();
      const expected = new Map<number, string>();
      let id = first;
      for (const at of steps) {
        if (at === 'add') {
          outstanding.add(id, `v${id}`);
          expected.set(id, `v${id}`);
          id += 1;
        } else {
          const old = id - at;
          expect(outstanding.take(old)).toBe(expected.get(old));
          expected.delete(old);
        }
        expect(outstanding.size).toBe(expected.size);
      }
      expect(new Map(outstanding)).toEqual(expected);
    }),
  );
});

test('one that waits long does not hold up those behind it', () => {
  const outstanding = new Outstanding<number>();
  outstanding.add(1, 1);
  for (let id = 2; id < 10_000; id++) {
    outstanding.add(id, id);
    expect(outstanding.take(id)).toBe(id);
  }
  expect([outstanding.take(1), outstanding.take(1), outstanding.size]).toEqual([1, undefined, 0]);
});
