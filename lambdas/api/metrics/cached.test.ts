import { expect, test } from 'vitest';
import { Cached } from './cached.ts';

test('ten scrapers within the time to live cost one reading, and the next one after it another', async () => {
  let clock = 0;
  let readings = 0;
  const cached = new Cached(
    async () => ++readings,
    5000,
    () => clock,
  );
  expect(await Promise.all(Array.from({ length: 10 }, () => cached.get()))).toEqual(Array(10).fill(1));
  clock = 4999;
  expect(await cached.get()).toBe(1);
  clock = 5000;
  expect(await cached.get()).toBe(2);
});

test('a failed reading is told to all who waited for it and is tried again by the next', async () => {
  let fail = true;
  const read = async () => {
    if (fail) throw new Error('the endpoint is away');
    return 'here';
  };
  const cached = new Cached(read, 5000, () => 0);
  const waiting = [cached.get(), cached.get()];
  await expect(Promise.all(waiting)).rejects.toThrow('away');
  fail = false;
  expect(await cached.get()).toBe('here');
});
