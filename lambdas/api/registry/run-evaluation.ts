// GET /runs/{id}/evaluation: all that was measured of one candidate, and how its fit went.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { MissingObjectError, readJson } from '../../aws/objects.ts';
import { trackedRun } from '../../aws/runs.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { keys } from '../../core/run/keys.ts';
import { json } from '../http/answer.ts';
import { parsed } from '../http/request.ts';

const pathSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{16}-\d{2,4}$/, 'expected the run id of a candidate such as 1f0c2ab3d4e5f607-00'),
});
const runSchema = z.looseObject({ pipeline_run_id: z.string(), model_sha256: z.string() });

export async function getRunEvaluation(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { id } = parsed(pathSchema, event.pathParameters ?? {});
  const found = await trackedRun(id);
  if (found === null) throw new ProblemError('not-found', `There is no run ${id}; GET /runs lists them.`);
  const { pipeline_run_id, model_sha256 } = runSchema.parse(found);
  const [evaluation, fit] = await Promise.all([
    ifThere(keys.model(model_sha256, 'evaluation.json')),
    ifThere(keys.candidate(pipeline_run_id, Number(id.split('-')[1]), 'fit.json')),
  ]);
  return json({ run_id: id, evaluation, fit });
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
