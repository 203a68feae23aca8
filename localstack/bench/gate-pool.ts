// Fits the bench's models, or takes them from .readmit/bench-gate/: each model's probabilities of the test rows, fitted once and kept.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fittableSchema } from '../../lambdas/core/candidates/candidate.ts';
import { fitCandidate } from '../../lambdas/core/candidates/fit.ts';
import { probabilities } from '../../lambdas/core/candidates/score.ts';
import { canonicalJson, sha256Hex } from '../../lambdas/core/canonical.ts';
import { READMIT } from '../paths.ts';
import type { EncounterMatrices } from '../train/read-encounters.ts';
import { type BenchModel, blanked, candidateOf, rowsOf } from './gate-models.ts';

export interface PoolModel extends BenchModel {
  readonly probabilities: Float64Array;
}

/** @param data sha256 of the file and whatever else decides the rows: another file is another pool */
export async function fitPool(
  models: readonly BenchModel[],
  rows: EncounterMatrices,
  data: string,
  report: (text: string) => void,
): Promise<PoolModel[]> {
  const folder = join(READMIT, 'bench-gate');
  mkdirSync(folder, { recursive: true });
  const pool: PoolModel[] = [];
  for (const [at, model] of models.entries()) {
    const candidate = fittableSchema.parse(candidateOf(model));
    const features = rows.train.features.map(({ name, kind }) => `${kind} ${name}`);
    const file = join(folder, `${sha256Hex(canonicalJson({ data, model, candidate, features })).slice(0, 24)}.f64`);
    if (!existsSync(file)) {
      const started = performance.now();
      const validation = { ...rows.validation, values: blanked(model, rows.validation) };
      const { model: fitted, fit } = await fitCandidate(
        candidate,
        { train: rowsOf(model, rows.train), validation },
        { threads: 2 },
      );
      const scores = probabilities(fitted, { ...rows.test, values: blanked(model, rows.test) });
      writeFileSync(`${file}.part`, new Uint8Array(scores.buffer));
      renameSync(`${file}.part`, file);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      report(`${at + 1} of ${models.length}: ${model.kind}, seed ${model.seed}, ${fit.rounds} rounds, ${seconds} s`);
    }
    const bytes = readFileSync(file);
    pool.push({ ...model, probabilities: new Float64Array(new Uint8Array(bytes).buffer) });
  }
  return pool;
}

export function fileSha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
