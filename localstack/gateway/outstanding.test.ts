import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outstanding } from './outstanding.ts';

test('it holds what a Map of the same additions and removals holds, under positive Int32 numbers', () => {
  const step = fc.oneof(fc.constant('add' as const), fc.nat({ max: 400 }));
  const last = fc.oneof(fc.nat({ max: 1000 }), fc.integer({ min: 0x7fffff00, max: 0x7fffffff }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600, size: 'max' }), last, (steps, lastId) => {
      const outstanding = new Outstanding<string>(lastId);
      const expected = new Map<number, string>();
      const given: number[] = [];
      for (const [i, at] of steps.entries()) {
        if (at === 'add') {
          const id = outstanding.add(`v${i}`);
          expect([expected.has(id), id > 0, id === (id | 0)]).toEqual([false, true, true]);
          expected.set(id, `v${i}`);
          given.push(id);
        } else {
          const id = given.at(-1 - at) ?? at;
          expect(outstanding.take(id)).toBe(expected.get(id));
          expected.delete(id);
        }
        expect(outstanding.size).toBe(expected.size);
      }
      expect(new Map(outstanding)).toEqual(expected);
    }),
  );
});

test('one that waits long does not hold up those behind it, nor make room for them grow: its place is passed over', () => {
  const outstanding = new Outstanding<string>();
  const waiting = outstanding.add('waiting');
  for (let i = 0; i < 300_000; i++) {
    const id = outstanding.add('next');
    if (id % 64 === waiting % 64) throw new Error(`${id} has the place of ${waiting}: there are more than 64`);
    outstanding.take(id);
  }
  expect([outstanding.take(waiting), outstanding.take(waiting), outstanding.size]).toEqual(['waiting', undefined, 0]);
});
