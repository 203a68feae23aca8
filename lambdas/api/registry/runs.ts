// GET /runs and /runs/{id}: the tracked runs of the experiment.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { runReport, trackedRun, trackedRuns } from '../../aws/runs.ts';
import { settings } from '../../aws/settings.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { json } from '../http/answer.ts';
import { parsed } from '../http/request.ts';

const pathSchema = z.object({
  id: z.string().regex(/^[\w.-]{1,80}$/, 'expected a run id such as 1f0c2ab3d4e5f607-00'),
});

export async function listRuns(): Promise<APIGatewayProxyResult> {
  return json({ experiment: settings().experiment, runs: await trackedRuns() });
}

/** One candidate's run, or, by its shorter id, the report of a pipeline run. */
export async function getRun(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { id } = parsed(pathSchema, event.pathParameters ?? {});
  const run = await trackedRun(id);
  if (run !== null) return json({ experiment: settings().experiment, ...run });
  const report = await runReport(id);
  if (report !== null) return json({ experiment: settings().experiment, ...report });
  throw new ProblemError('not-found', `There is no run ${id}; GET /runs lists them.`);
}
