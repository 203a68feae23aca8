// One execution of the state machine: started under its name, or found ended under it; then followed to its end.
import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { LocalFailure } from '../failure.ts';
import { progressOf, type StateProgress } from './history.ts';
import { type ChainRequest, executionInput, executionName } from './request.ts';

export interface Started {
  readonly name: string;
  readonly arn: string;
  /** True when an execution of this very request has already ended well: nothing was started. */
  readonly repeated: boolean;
}

const ATTEMPTS = 1000;

/**
 * Starts the next attempt of a request: the first name that is free, or the one that has succeeded.
 * @param ownsCloud the cloud was just started by us, so that an execution that seems to run was cut off by its stop
 */
export async function startExecution(
  { sfn }: Clients,
  stateMachineArn: string,
  request: ChainRequest,
  ownsCloud: boolean,
): Promise<Started> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const name = executionName(request, attempt);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const { status, output } = await lookAt(sfn, arn);
    if (status === 'SUCCEEDED' && wasStopped(output)) continue;
    if (status === 'SUCCEEDED') return { name, arn, repeated: true };
    if (status === 'RUNNING' && !ownsCloud) return { name, arn, repeated: false };
    if (status === 'RUNNING') await sfn.send(new StopExecutionCommand({ executionArn: arn, error: 'CutOff' }));
    if (status !== undefined) continue;
    try {
      const input = executionInput(request, attempt);
      await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return { name, arn, repeated: false };
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error; // else another start was first: look again
    }
  }
  throw new LocalFailure('This file has failed a thousand times.', 'Begin anew with npm start -- --fresh.');
}

const endSchema = z.object({ promoted: z.object({ outcome: z.enum(['held', 'champion_changed']) }) });

/** An operator stood against the promotion: once that is over, the same request is worth another attempt. */
function wasStopped(output: string | undefined): boolean {
  return output !== undefined && endSchema.safeParse(JSON.parse(output)).success;
}

async function lookAt(sfn: Clients['sfn'], executionArn: string): Promise<{ status?: string; output?: string }> {
  try {
    const { status, output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return { ...(status === undefined ? {} : { status }), ...(output === undefined ? {} : { output }) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return {};
    throw error;
  }
}

const POLL_MS = 250;

/** Follows an execution to its end, telling where it is after each look; resolves to its final status. */
export async function followExecution(
  { sfn }: Clients,
  executionArn: string,
  tell: (states: readonly StateProgress[]) => Promise<void> | void,
  signal?: AbortSignal,
): Promise<'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'> {
  for (;;) {
    signal?.throwIfAborted();
    // The status first: what the history then holds is at least as new.
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    await tell(progressOf(await historyOf(sfn, executionArn)));
    if (status === 'SUCCEEDED' || status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED') return status;
    await pause(POLL_MS, undefined, signal ? { signal } : {});
  }
}

/** Ends an execution that nobody waits for any more; quiet when it has ended by itself. */
export async function stopExecution({ sfn }: Clients, executionArn: string): Promise<void> {
  await sfn.send(new StopExecutionCommand({ executionArn, error: 'Interrupted' })).catch(() => undefined);
}

async function historyOf(sfn: Clients['sfn'], executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(
      new GetExecutionHistoryCommand({
        executionArn,
        includeExecutionData: true,
        maxResults: 1000,
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}
