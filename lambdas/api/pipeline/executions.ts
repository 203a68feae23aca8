// GET /executions and /executions/{name}, POST /stops.
import * as z from 'zod';
import {
  describeExecution,
  executionEvents,
  executionRecords,
  executionSummary,
  recentExecutions,
  stopExecution,
} from '../../aws/execution-history.ts';
import { settings } from '../../aws/settings.ts';
import { foldVisits } from '../../core/execution/visits.ts';
import { type ExecutionDetail, type Executions, executionDetailSchema } from '../../core/operations/pipeline.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { PIPELINE_ROUTES } from '../../core/routes/pipeline.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Detail = (typeof PIPELINE_ROUTES)['GET /executions/{name}'];
type Stop = (typeof PIPELINE_ROUTES)['POST /stops'];
const RECENT = 25;
const summarySchema = z.object({
  outcome: z.string().nullable().default(null),
  reason: z.string().nullable().default(null),
});

export async function listExecutions(): Promise<Executions> {
  const found = await recentExecutions(RECENT);
  const executions = await Promise.all(
    found.map(async (facts) => ({ ...facts, ...summarySchema.parse((await executionSummary(facts.name)) ?? {}) })),
  );
  return { machine: settings().stateMachineArn ?? '', executions };
}

export async function getExecution({ params: { name } }: RequestOf<Detail>): Promise<ExecutionDetail> {
  const found = await existing(name);
  const [events, records] = await Promise.all([executionEvents(name), executionRecords(name)]);
  return {
    ...found,
    input: parsedJson(found.input),
    output: parsedJson(found.output),
    visits: foldVisits(events).map((visit) => ({ ...visit, failures: [...visit.failures] })),
    records: executionDetailSchema.shape.records.parse(records.states),
    summary: records.summary,
  };
}

export async function stop({ actor, body }: RequestOf<Stop>): Promise<AnswerOf<Stop>> {
  const { name, reason } = body;
  const { status } = await existing(name);
  if (status !== 'RUNNING') throw new ProblemError('conflict', `Execution ${name} has ended already as ${status}.`);
  await stopExecution(name, `${actor}: ${reason}`);
  return { name, status: 'ABORTED' };
}

async function existing(name: string) {
  const found = await describeExecution(name);
  if (found === null) throw new ProblemError('not-found', `There is no execution ${name}; GET /executions lists them.`);
  return found;
}

function parsedJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
