import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawHistory } from './history/actions.ts';
import { PLANTED, type PlantedFault } from './planted/faults.ts';
import type { ToldResult } from './protocol.ts';
import { Thread } from './threads.ts';

const HISTORIES = 60;
/** Seeds of histories that found faults which nobody had planted. */
const FOUND = [1235];
/** Histories that a planted fault may take to be found. */
const LIMIT = 1000;

describe('the system under faults', () => {
  let thread: Thread;
  beforeAll(() => {
    thread = new Thread();
  });
  afterAll(() => thread.close());

  it(`keeps its promises in ${HISTORIES} histories`, async () => {
    const broken: ToldResult[] = [];
    for (const seed of [...FOUND, ...Array.from({ length: HISTORIES }, (_, i) => i + 1)]) {
      const result = await thread.play(drawHistory(seed));
      if (result.violation !== null) broken.push(result);
    }
    expect(broken).toEqual([]);
  }, 600_000);

  it('goes the same way again with the same seed, whatever was played before', async () => {
    const first = await thread.play(drawHistory(12));
    await thread.play(drawHistory(13));
    expect(await thread.play(drawHistory(12))).toEqual(first);
  });
});

describe('a fault that is put in', () => {
  /** The first violation that the histories of these seeds show. */
  async function search({ name, found }: PlantedFault): Promise<ToldResult['violation']> {
    const thread = new Thread(name);
    try {
      // First the one that found it when it was planted; when the code has changed since, another one may have to.
      for (const seed of [found, ...Array.from({ length: LIMIT - 1 }, (_, i) => i + 1)]) {
        const { violation } = await thread.play(drawHistory(seed));
        if (violation !== null) return violation;
      }
      return null;
    } finally {
      await thread.close();
    }
  }

  it.each(PLANTED)(
    `is found within ${LIMIT} histories: $name`,
    async (fault) => {
      expect(fault.breaks).toContain((await search(fault))?.invariant);
    },
    600_000,
  );
});
