// What an execution did, state by state: its history of events folded into one visit for each time a state was entered.
import { nameFailure } from './failure.ts';

/** An event of a Step Functions history, as far as it matters here. Inputs and outputs are JSON text. */
export interface ExecutionEvent {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The state that was entered or left. */
  readonly state?: string;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Iterations of a Map that starts. */
  readonly length?: number;
}

export type VisitStatus = 'running' | 'succeeded' | 'failed' | 'stopped';

/** An attempt that went wrong; the state may have been retried after it. */
export interface Failure {
  readonly at: string;
  readonly error: string;
  readonly cause: string;
}

export interface StateVisit {
  readonly state: string;
  /** As the state machine's language calls it: Task, Map, Choice, Pass, Succeed, Fail. */
  readonly type: string;
  readonly status: VisitStatus;
  /** ISO 8601. */
  readonly entered_at: string;
  readonly left_at: string | null;
  readonly input: unknown;
  readonly output: unknown;
  /** How often its task was handed to a function; of a Map, over all iterations. */
  readonly attempts: number;
  readonly failures: readonly Failure[];
  /** Iterations of a Map: `total` is null while it has not said how many. */
  readonly items: { readonly total: number | null; readonly succeeded: number } | null;
}

interface Draft {
  state: string;
  type: string;
  status: VisitStatus;
  entered: number;
  left: number | null;
  input: unknown;
  output: unknown;
  attempts: number;
  failures: Failure[];
  total: number | null;
  iterations: number;
  tasks: number;
  lastAttemptFailed: boolean;
}

const ENDINGS: Readonly<Record<string, VisitStatus>> = {
  ExecutionSucceeded: 'succeeded',
  ExecutionFailed: 'failed',
  ExecutionTimedOut: 'failed',
  ExecutionAborted: 'stopped',
};

/**
 * Visits of the top level in the order of entering. The states inside a Map are counted as its items: some engines write
 * no events for them, so items are counted by iteration events where there are any, else by succeeded tasks.
 */
export function foldVisits(events: readonly ExecutionEvent[]): StateVisit[] {
  const drafts: Draft[] = [];
  let open: Draft | undefined;
  for (const event of events) {
    const ending = ENDINGS[event.type];
    if (ending !== undefined) {
      if (open !== undefined) close(open, event.time, open.type === 'Fail' ? 'failed' : ending);
      open = undefined;
    } else if (event.type.endsWith('StateEntered')) {
      if (open?.type === 'Map' && !open.lastAttemptFailed) continue; // an iteration's own state
      if (open !== undefined) close(open, event.time, 'failed'); // caught: the engine wrote no exit
      open = newDraft(event);
      drafts.push(open);
    } else if (event.type.endsWith('StateExited')) {
      if (open === undefined || event.state !== open.state) continue;
      open.output = parsedJson(event.output);
      close(open, event.time, open.lastAttemptFailed ? 'failed' : 'succeeded');
      open = undefined;
    } else if (open !== undefined) note(open, event);
  }
  return drafts.map(toVisit);
}

function note(open: Draft, event: ExecutionEvent): void {
  if (event.type === 'TaskScheduled' || event.type === 'LambdaFunctionScheduled') {
    open.attempts++;
    if (open.type !== 'Map') open.lastAttemptFailed = false;
  } else if (/^(Task|LambdaFunction)(Failed|TimedOut)$/.test(event.type)) {
    const { error = event.type, cause = '' } = event;
    open.failures.push({ at: iso(event.time), error: nameFailure(error, cause).name, cause });
    if (open.type !== 'Map') open.lastAttemptFailed = true;
  } else if (event.type === 'TaskSucceeded' || event.type === 'LambdaFunctionSucceeded') open.tasks++;
  else if (event.type === 'MapStateStarted') open.total = event.length ?? null;
  else if (event.type === 'MapIterationSucceeded') open.iterations++;
  else if (event.type === 'MapStateFailed') open.lastAttemptFailed = true;
}

function newDraft(event: ExecutionEvent): Draft {
  return {
    state: event.state ?? '',
    type: event.type.replace('StateEntered', ''),
    status: 'running',
    entered: event.time,
    left: null,
    input: parsedJson(event.input),
    output: null,
    attempts: 0,
    failures: [],
    total: null,
    iterations: 0,
    tasks: 0,
    lastAttemptFailed: false,
  };
}

function close(draft: Draft, time: number, status: VisitStatus): void {
  draft.left = time;
  draft.status = status;
}

function toVisit(draft: Draft): StateVisit {
  const { state, type, status, entered, left, input, output, attempts, failures, total, iterations, tasks } = draft;
  return {
    state,
    type,
    status,
    entered_at: iso(entered),
    left_at: left === null ? null : iso(left),
    input,
    output,
    attempts,
    failures,
    items: type === 'Map' ? { total, succeeded: Math.max(iterations, tasks) } : null,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** JSON where it is one; history may be cut or hold plain text. */
function parsedJson(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
