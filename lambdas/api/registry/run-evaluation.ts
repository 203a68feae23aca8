// GET /runs/{id}/evaluation: all that was measured of one candidate, and how its fit went.
import * as z from 'zod';
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { trackedRun } from '../../aws/runs.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { verifiedBytes } from '../../core/provenance/artifact.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { keys } from '../../core/run/keys.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Measured = (typeof REGISTRY_ROUTES)['GET /runs/{id}/evaluation'];
const runSchema = z.looseObject({
  pipeline_run_id: z.string(),
  model_sha256: z.string(),
  /** Absent in records from before they were kept. */
  evaluation_sha256: z.string().optional(),
  fit_sha256: z.string().optional(),
});

export async function getRunEvaluation({ params: { id } }: RequestOf<Measured>): Promise<AnswerOf<Measured>> {
  const found = await trackedRun(id);
  if (found === null) throw new ProblemError('not-found', `There is no run ${id}; GET /runs lists them.`);
  const { pipeline_run_id, model_sha256, evaluation_sha256, fit_sha256 } = runSchema.parse(found);
  const [evaluation, fit] = await Promise.all([
    ifThere(keys.model(model_sha256, 'evaluation.json'), evaluation_sha256),
    ifThere(keys.candidate(pipeline_run_id, Number(id.split('-')[1]), 'fit.json'), fit_sha256),
  ]);
  return { run_id: id, evaluation, fit };
}

/** Null for what a run that failed half-way did not come to write. */
async function ifThere(key: string, sha256: string | undefined): Promise<unknown> {
  try {
    const bytes = await readObject(key);
    if (sha256 !== undefined) verifiedBytes(key, bytes, sha256);
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}
