// GET /executions and /executions/{name}, POST /stops.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
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
import {
  type ExecutionDetail,
  type Executions,
  executionDetailSchema,
  executionNameSchema,
  stopSchema,
} from '../../core/operations/pipeline.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { json } from '../http/answer.ts';
import { jsonBody, parsed } from '../http/request.ts';
import { operator } from '../registry/operator.ts';

const BODY_LIMIT = 16 * 1024;
const RECENT = 25;
const summarySchema = z.object({
  outcome: z.string().nullable().default(null),
  reason: z.string().nullable().default(null),
});

export async function listExecutions(): Promise<APIGatewayProxyResult> {
  const found = await recentExecutions(RECENT);
  const executions = await Promise.all(
    found.map(async (facts) => ({ ...facts, ...summarySchema.parse((await executionSummary(facts.name)) ?? {}) })),
  );
  const answer: Executions = { machine: settings().stateMachineArn ?? '', executions };
  return json(answer);
}

export async function getExecution(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { name } = parsed(executionNameSchema, event.pathParameters ?? {});
  const found = await existing(name);
  const [events, records] = await Promise.all([executionEvents(name), executionRecords(name)]);
  const answer: ExecutionDetail = {
    ...found,
    input: parsedJson(found.input),
    output: parsedJson(found.output),
    visits: foldVisits(events).map((visit) => ({ ...visit, failures: [...visit.failures] })),
    records: executionDetailSchema.shape.records.parse(records.states),
    summary: records.summary,
  };
  return json(answer);
}

export async function stop(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const actor = operator(event);
  const { name, reason } = parsed(stopSchema, jsonBody(event, BODY_LIMIT));
  const { status } = await existing(name);
  if (status !== 'RUNNING') throw new ProblemError('conflict', `Execution ${name} has ended already as ${status}.`);
  await stopExecution(name, `${actor}: ${reason}`);
  return json({ name, status: 'ABORTED' }, 202);
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
