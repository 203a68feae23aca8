import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
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

it('finds its worker beside itself when bundled as a Lambda is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trainer-'));
  const path = (file: string) => new URL(file, import.meta.url).pathname;
  try {
    await build({
      entryPoints: { index: path('./fixtures/bundle-entry.ts'), worker: path('./worker.ts') },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      minifySyntax: true,
      minifyWhitespace: true,
    });
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'index.mjs')]);
    const rows = { train: syntheticRows(600, 1), validation: syntheticRows(200, 2) };
    expect(JSON.parse(stdout)).toEqual((await boost(rows, { ...settings, rounds: 5 }, { threads: 1 })).trees);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
