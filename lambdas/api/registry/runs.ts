// GET /runs and /runs/{id}: the tracked runs of the experiment.
import { runReport, trackedRun, trackedRuns } from '../../aws/runs.ts';
import { settings } from '../../aws/settings.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type List = (typeof REGISTRY_ROUTES)['GET /runs'];
type One = (typeof REGISTRY_ROUTES)['GET /runs/{id}'];

export async function listRuns(): Promise<AnswerOf<List>> {
  return { experiment: settings().experiment, runs: await trackedRuns() };
}

/** One candidate's run, or, by its shorter id, the report of a pipeline run. */
export async function getRun({ params: { id } }: RequestOf<One>): Promise<AnswerOf<One>> {
  const run = await trackedRun(id);
  if (run !== null) return { experiment: settings().experiment, ...run };
  const report = await runReport(id);
  if (report !== null) return { experiment: settings().experiment, ...report };
  throw new ProblemError('not-found', `There is no run ${id}; GET /runs lists them.`);
}
