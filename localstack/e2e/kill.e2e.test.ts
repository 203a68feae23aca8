import { expect, test } from 'vitest';
import { totalOf } from '../kill/acknowledged.ts';
import { killTest } from '../kill/rounds.ts';

test('kill -9 of all processes at five moments of a run loses nothing that was acknowledged', async () => {
  let acknowledged = 0;
  const amiss = await killTest({
    ...{ times: 5, seed: 20_261_125 },
    onRound: ({ known }) => {
      acknowledged = totalOf(known);
    },
  });
  expect(amiss).toEqual([]);
  expect(acknowledged).toBeGreaterThan(20);
});
