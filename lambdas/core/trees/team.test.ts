import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { fittableSchema } from '../candidates/candidate.ts';
import { boostSettings } from '../candidates/fit-boosting.ts';
import { boost } from './boost.ts';
import { syntheticRows } from './synthetic.ts';
import { WorkerDied } from './team.ts';

const train = syntheticRows(2000, 1);
const validation = syntheticRows(500, 2);
const candidate = fittableSchema.parse({ algorithm: 'gradient_boosting', params: { rounds: 50 } });
if (candidate.algorithm !== 'gradient_boosting') throw new Error('not boosting');
const settings = boostSettings(candidate.params, candidate.seed, train.features);

describe('a training thread that dies fails the fit; nothing hangs', () => {
  it('when it leaves while the others wait for it', async () => {
    const fit = boost({ train, validation }, settings, {
      threads: 3,
      workerUrl: new URL('./fixtures/dying-worker.ts', import.meta.url),
    });
    await expect(fit).rejects.toThrow(WorkerDied);
    await expect(fit).rejects.toThrow(/thread 1 of 3 left with code 3/);
  });

  it('when it throws', async () => {
    const fit = boost({ train, validation }, settings, {
      threads: 2,
      workerUrl: new URL('./fixtures/failing-worker.ts', import.meta.url),
    });
    await expect(fit).rejects.toThrow(/out of something/);
  });

  it('when its file is not there', async () => {
    await expect(
      boost({ train, validation }, settings, { threads: 2, workerUrl: new URL('./missing.ts', import.meta.url) }),
    ).rejects.toThrow(WorkerDied);
  });
});

it('reports progress from threads in order', async () => {
  const rounds: number[] = [];
  await boost(
    { train, validation },
    { ...settings, earlyStoppingRounds: 0 },
    { threads: Math.min(2, availableParallelism()), onRound: ({ round }) => rounds.push(round) },
  );
  expect(rounds).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});
