// Where an execution is, folded from its history: each state of the machine in order, Maps with their iterations counted.
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { z } from 'zod';

export interface StateProgress {
  readonly state: string;
  readonly kind: 'task' | 'map';
  readonly ended: boolean;
  /** Iterations of a Map; 0 of 0 for a task. */
  readonly total: number;
  readonly succeeded: number;
  /** Milliseconds from entering to leaving, or undefined while it runs. */
  readonly ms: number | undefined;
}

/** Task and Map states of the top level, in the order of entering; a state entered twice stands there twice. */
export function progressOf(events: readonly HistoryEvent[]): StateProgress[] {
  const states: Draft[] = [];
  let open: Draft | undefined;
  for (const event of events) {
    const name = event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name;
    if (open === undefined && (event.type === 'TaskStateEntered' || event.type === 'MapStateEntered') && name) {
      open = newDraft(name, event);
      states.push(open);
    } else if (open !== undefined) {
      if (event.type === 'MapStateStarted') open.total = event.mapStateStartedEventDetails?.length ?? open.total;
      if (event.type === 'MapIterationSucceeded') open.iterations += 1;
      if (open.kind === 'map' && event.type === 'TaskSucceeded') open.tasks += 1;
      if (name === open.state && (event.type === 'TaskStateExited' || event.type === 'MapStateExited')) {
        open.endedAt = event.timestamp?.getTime();
        open = undefined;
      } else if (isNextState(event, open, name)) {
        // A caught failure leaves no exit: the next state's entry is the end of the failed one.
        open.endedAt = event.timestamp?.getTime();
        open = event.type === 'TaskStateEntered' ? newDraft(name ?? '', event) : undefined;
        if (open) states.push(open);
      }
    }
  }
  return states.map(({ startedAt, endedAt, iterations, tasks, ...state }) => ({
    ...state,
    // Some engines tell of a Map's tasks but not of its iterations; here an iteration is one task.
    succeeded: Math.max(iterations, tasks),
    ended: endedAt !== undefined,
    ms: endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt),
  }));
}

interface Draft {
  readonly state: string;
  readonly kind: 'task' | 'map';
  readonly startedAt: number;
  total: number;
  iterations: number;
  tasks: number;
  endedAt: number | undefined;
}

function newDraft(state: string, event: HistoryEvent): Draft {
  return {
    state,
    kind: event.type === 'MapStateEntered' ? 'map' : 'task',
    startedAt: event.timestamp?.getTime() ?? 0,
    total: itemsOf(state, event.stateEnteredEventDetails?.input),
    iterations: 0,
    tasks: 0,
    endedAt: undefined,
  };
}

/** How many items a Map will go through, read from its input where its start does not tell. */
const ITEMS: Readonly<Record<string, 'batches' | 'candidates'>> = {
  CleanBatches: 'batches',
  TrainCandidates: 'candidates',
};
const inputSchema = z.object({ batches: z.array(z.unknown()), candidates: z.array(z.unknown()) }).partial();

function itemsOf(state: string, input: string | undefined): number {
  const key = ITEMS[state];
  if (key === undefined || input === undefined) return 0;
  return inputSchema.safeParse(JSON.parse(input)).data?.[key]?.length ?? 0;
}

/** Inside a Map, entries of other names are its iterations' own states; only RecordFailure can follow by a Catch. */
function isNextState(event: HistoryEvent, open: Draft, name: string | undefined): boolean {
  if (event.type !== 'TaskStateEntered' || name === undefined || name === open.state) return false;
  return open.kind === 'task' || name === 'RecordFailure';
}
