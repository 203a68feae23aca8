// One execution environment of a function, seen from the gateway: a worker thread and the requests it has been given.
import { Worker } from 'node:worker_threads';
import type { FromWorker, Invocation, Outcome, RawInvocation, ToWorker, WorkerData } from './protocol.ts';

export type Settle = (outcome: Outcome) => void;

export interface Given {
  readonly invocation: { readonly route: Invocation } | { readonly raw: RawInvocation };
  readonly settle: Settle;
}

export interface EnvironmentEvents {
  readonly onReady: () => void;
  /** @param lines packed */
  readonly onLogs: (lines: string) => void;
  /** The worker is gone. `unstarted` may be given to another one; what was in progress has been settled as failed. */
  readonly onEnd: (environment: Environment, unstarted: readonly Given[], reason: string) => void;
}

export interface EnvironmentOptions {
  readonly data: Omit<WorkerData, 'progress'>;
  readonly variables: Readonly<Record<string, string>>;
  /** Milliseconds that requests wait before they go to the worker, 0 for none. */
  readonly pauseMs: () => number;
  readonly events: EnvironmentEvents;
}

const WORKER = new URL('./worker.ts', import.meta.url);

export class Environment {
  readonly startedAt = performance.now();
  readonly #worker: Worker;
  readonly #events: EnvironmentEvents;
  readonly #pauseMs: () => number;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  /** In the order they were given; the worker answers in the same order. */
  #given: Given[] = [];
  #unsent: Invocation[] = [];
  #lastWord = performance.now();
  #reason = 'the worker ended';
  #ready = false;
  #retiring = false;

  constructor({ data, variables, pauseMs, events }: EnvironmentOptions) {
    this.#events = events;
    this.#pauseMs = pauseMs;
    this.#worker = new Worker(WORKER, {
      workerData: { ...data, progress: this.#progress },
      env: { ...variables },
      resourceLimits: { maxOldGenerationSizeMb: data.memoryMb },
      name: data.functionName,
      stdout: true,
      stderr: true,
    });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => {
      this.#reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    });
    this.#worker.once('exit', () => this.#end());
  }

  /** Requests given and not answered. */
  get load(): number {
    return this.#given.length;
  }

  /** Milliseconds since the request in progress was taken up, 0 when there is none. The start does not count. */
  get busyMs(): number {
    return this.#ready && this.#given.length > 0 ? performance.now() - this.#lastWord : 0;
  }

  give(given: Given): void {
    if (this.#given.length === 0) this.#lastWord = performance.now();
    this.#given.push(given);
    if ('raw' in given.invocation) {
      this.#post({ kind: 'raw', invocation: given.invocation.raw });
      return;
    }
    // Requests that arrive in one turn of the loop travel in one message.
    if (this.#unsent.push(given.invocation.route) > 1) return;
    const pause = this.#pauseMs();
    if (pause > 0) setTimeout(() => this.#send(), pause);
    else setImmediate(() => this.#send());
  }

  /** Ends the worker once it has answered what it was given. */
  retire(): void {
    this.#retiring = true;
    if (this.#given.length === 0) this.terminate('retired');
  }

  terminate(reason: string): Promise<number> {
    this.#reason = reason;
    return this.#worker.terminate();
  }

  #send(): void {
    const invocations = this.#unsent;
    this.#unsent = [];
    if (invocations.length > 0) this.#post({ kind: 'invoke', invocations });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.#ready = true;
      this.#lastWord = performance.now();
      this.#events.onReady();
      return;
    }
    if (message.logs !== '') this.#events.onLogs(message.logs);
    if (message.kind === 'failed') {
      this.#reason = message.reason;
      return;
    }
    this.#lastWord = performance.now();
    for (const outcome of message.outcomes) {
      this.#takeGiven(outcome[0])?.settle(outcome);
    }
    if (this.#retiring && this.#given.length === 0) this.terminate('retired');
  }

  /** Nearly always the first. A list and not a Map, for what outstanding.ts says of those. */
  #takeGiven(id: number): Given | undefined {
    const at = this.#given.findIndex(({ invocation }) => idOf(invocation) === id);
    if (at === 0) return this.#given.shift();
    return at === -1 ? undefined : this.#given.splice(at, 1)[0];
  }

  #end(): void {
    const inProgress = Atomics.load(this.#progress, 0);
    const left = this.#given;
    const at = left.findIndex(({ invocation }) => idOf(invocation) === inProgress);
    // All up to the one in progress may have had their effect: they fail. Those behind it never began.
    for (const { invocation, settle } of left.slice(0, at + 1)) settle([idOf(invocation)]);
    this.#given = [];
    this.#events.onEnd(this, left.slice(at + 1), this.#reason);
  }
}

export function idOf(invocation: Given['invocation']): number {
  return 'raw' in invocation ? invocation.raw[0] : invocation.route[0];
}
