// GET /runs/{id}/evaluation: all that was measured of one candidate, and how its fit went.
import * as z from 'zod';
import { MissingObjectError, readJson } from '../../aws/objects.ts';
import { trackedRun } from '../../aws/runs.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { keys } from '../../core/run/keys.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Measured = (typeof REGISTRY_ROUTES)['GET /runs/{id}/evaluation'];
const runSchema = z.looseObject({ pipeline_run_id: z.string(), model_sha256: z.string() });

export async function getRunEvaluation({ params: { id } }: RequestOf<Measured>): Promise<AnswerOf<Measured>> {
  const found = await trackedRun(id);
  if (found === null) throw new ProblemError('not-found', `There is no run ${id}; GET /runs lists them.`);
  const { pipeline_run_id, model_sha256 } = runSchema.parse(found);
  const [evaluation, fit] = await Promise.all([
    ifThere(keys.model(model_sha256, 'evaluation.json')),
    ifThere(keys.candidate(pipeline_run_id, Number(id.split('-')[1]), 'fit.json')),
  ]);
  return { run_id: id, evaluation, fit };
}

/** Null for what a run that failed half-way did not come to write. */
async function ifThere(key: string): Promise<unknown> {
  try {
    return await readJson(key, z.unknown());
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}
