// Reading and stopping executions of the training pipeline, by their names.
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { ExecutionEvent } from '../core/execution/visits.ts';
import { sfn } from './clients.ts';
import { settings } from './settings.ts';
import { getItem, queryItems } from './tables.ts';

export interface ExecutionFacts {
  readonly name: string;
  /** RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED. */
  readonly status: string;
  /** ISO 8601. */
  readonly started_at: string | null;
  readonly stopped_at: string | null;
}

export interface DescribedExecution extends ExecutionFacts {
  readonly input: string | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** The newest executions, newest first. */
export async function recentExecutions(limit: number): Promise<ExecutionFacts[]> {
  const { executions = [] } = await sfn().send(
    new ListExecutionsCommand({ stateMachineArn: settings().stateMachineArn, maxResults: limit }),
  );
  return executions
    .map(({ name = '', status = '', startDate, stopDate }) => ({ name, status, ...times(startDate, stopDate) }))
    .sort((a, b) => (b.started_at ?? '').localeCompare(a.started_at ?? ''));
}

/** Null for a name that was never started, or that Step Functions has forgotten (after 90 days). */
export async function describeExecution(name: string): Promise<DescribedExecution | null> {
  const found = await described(name);
  if (found === null) return null;
  const { status = '', startDate, stopDate, input = null, output = null, error = null, cause = null } = found;
  return { name, status, ...times(startDate, stopDate), input, output, error, cause };
}

/** All events, oldest first. */
export async function executionEvents(name: string): Promise<ExecutionEvent[]> {
  const events: ExecutionEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn().send(
      new GetExecutionHistoryCommand({
        executionArn: arnOf(name),
        maxResults: 1000,
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    events.push(...(page.events ?? []).map(toEvent));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

/** Ends a running execution; `cause` says by whom and why. */
export async function stopExecution(name: string, cause: string): Promise<void> {
  await sfn().send(new StopExecutionCommand({ executionArn: arnOf(name), error: 'Stopped', cause }));
}

const recordSchema = z.record(z.string(), z.unknown());

/** What each step wrote down about itself, and the summary of the whole, if it has ended by itself. */
export async function executionRecords(name: string) {
  const pk = `execution#${name}`;
  const [states, summary] = await Promise.all([
    queryItems(settings().trackingTable, pk, 'state#', recordSchema),
    executionSummary(name),
  ]);
  return { states: states.map(({ pk: _pk, ...record }) => record), summary };
}

export async function executionSummary(name: string): Promise<Readonly<Record<string, unknown>> | null> {
  const found = await getItem(settings().trackingTable, `execution#${name}`, 'summary', recordSchema);
  if (found === null) return null;
  const { pk: _pk, sk: _sk, ...summary } = found;
  return summary;
}

async function described(name: string): Promise<DescribeExecutionCommandOutput | null> {
  try {
    return await sfn().send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return null;
    throw error;
  }
}

function arnOf(name: string): string {
  return `${(settings().stateMachineArn ?? '').replace(':stateMachine:', ':execution:')}:${name}`;
}

function times(start: Date | undefined, stop: Date | undefined) {
  return { started_at: start?.toISOString() ?? null, stopped_at: stop?.toISOString() ?? null };
}

function toEvent(event: HistoryEvent): ExecutionEvent {
  const entered = event.stateEnteredEventDetails;
  const exited = event.stateExitedEventDetails;
  const failed =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails;
  const state = entered?.name ?? exited?.name;
  return {
    type: event.type ?? '',
    time: event.timestamp?.getTime() ?? 0,
    ...(state === undefined ? {} : { state }),
    ...(entered?.input === undefined ? {} : { input: entered.input }),
    ...(exited?.output === undefined ? {} : { output: exited.output }),
    ...(failed?.error === undefined ? {} : { error: failed.error }),
    ...(failed?.cause === undefined ? {} : { cause: failed.cause }),
    ...(event.mapStateStartedEventDetails?.length === undefined
      ? {}
      : { length: event.mapStateStartedEventDetails.length }),
  };
}
