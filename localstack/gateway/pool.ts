// The execution environments of one function: started when needed, replaced when they crash, hang or grow old.

import type { DeployedFunction } from './deployed-function.ts';
import { Environment, type Given, idOf } from './environment.ts';
import { packLines } from './log-lines.ts';
import type { ApiData, Invocation, Outcome, ResourceData } from './protocol.ts';

export interface PoolOptions {
  readonly fn: DeployedFunction;
  readonly resources: readonly ResourceData[];
  readonly api: ApiData;
  /** Environments at most. */
  readonly workers: number;
  /** Requests that may wait for them; more are refused. */
  readonly queueLimit: number;
  /** @param lines packed */
  readonly onLogs: (lines: string) => void;
  /** Milliseconds that requests wait while the log cannot take more lines, 0 for none. */
  readonly pauseMs: () => number;
}

/** Function code gets credentials of an hour; an environment is replaced well before they end. */
const MAX_AGE_MS = 45 * 60_000;
/** Starts that fail one after the other before requests are answered with a failure instead of waiting. */
const MAX_FAILED_STARTS = 2;

export class Pool {
  readonly #options: PoolOptions;
  readonly #environments = new Set<Environment>();
  /** Too old for new requests, still answering their last ones. */
  readonly #retired = new Set<Environment>();
  #waiting: Given[] = [];
  #starting = 0;
  #failedStarts = 0;
  #closed = false;
  readonly #sweep: NodeJS.Timeout;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#replaceOverdue(), 500).unref();
  }

  /** Requests given or waiting. */
  get load(): number {
    let load = this.#waiting.length;
    for (const environment of this.#environments) load += environment.load;
    return load;
  }

  /** Starts all environments ahead of the first request. */
  warm(): void {
    while (this.#environments.size + this.#starting < this.#options.workers) this.#start();
  }

  /** False when the queue is full. */
  request(invocation: Invocation, settle: (outcome: Outcome) => void): boolean {
    return this.#take({ invocation: { route: invocation }, settle });
  }

  /** Invokes the function with an event of its own, as the authorizer is. */
  call(id: number, event: unknown, requestId: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome) => {
        if (outcome.length === 2) resolve(JSON.parse(outcome[1]));
        else reject(new Error(`${this.#options.fn.name} failed; its log says why`));
      };
      const raw = [id, JSON.stringify(event), requestId] as const;
      if (!this.#take({ invocation: { raw }, settle })) reject(new Error(`${this.#options.fn.name} is too busy`));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweep);
    const all = [...this.#environments, ...this.#retired];
    await Promise.all(all.map((environment) => environment.terminate('stopped')));
  }

  #take(given: Given): boolean {
    const environment = this.#leastLoaded();
    if (
      environment === undefined ||
      (environment.load > 0 && this.#environments.size + this.#starting < this.#options.workers)
    ) {
      this.#start();
    }
    if (environment === undefined) {
      if (this.#waiting.length >= this.#options.queueLimit) return false;
      this.#waiting.push(given);
      return true;
    }
    if (environment.load > this.#options.queueLimit) return false;
    environment.give(given);
    return true;
  }

  #leastLoaded(): Environment | undefined {
    let least: Environment | undefined;
    for (const environment of this.#environments) {
      if (least === undefined || environment.load < least.load) least = environment;
    }
    return least;
  }

  #start(): void {
    if (this.#closed || this.#environments.size + this.#starting >= this.#options.workers) return;
    this.#starting++;
    this.#open().catch((error: unknown) => {
      this.#failed(error instanceof Error ? error.message : String(error));
    });
  }

  async #open(): Promise<void> {
    const { fn, resources, api } = this.#options;
    try {
      const variables = await fn.variables();
      if (this.#closed) return;
      const { directory, handler, name: functionName, arn: functionArn, memoryMb, timeoutMs } = fn;
      const environment = new Environment({
        data: { directory, handler, functionName, functionArn, memoryMb, timeoutMs, resources, api },
        variables,
        pauseMs: this.#options.pauseMs,
        events: {
          onReady: () => {
            this.#failedStarts = 0;
          },
          onLogs: this.#options.onLogs,
          onEnd: (ended, unstarted, reason) => this.#onEnd(ended, unstarted, reason),
        },
      });
      this.#environments.add(environment);
      // Others that start now take their part of what waits.
      for (const given of this.#waiting.splice(0, Math.ceil(this.#waiting.length / this.#starting)))
        environment.give(given);
    } finally {
      this.#starting--;
    }
  }

  #onEnd(environment: Environment, unstarted: readonly Given[], reason: string): void {
    this.#environments.delete(environment);
    if (this.#retired.delete(environment) || this.#closed) return;
    this.#note(`environment ended: ${reason}`);
    this.#waiting.push(...unstarted);
    this.#failed(reason);
  }

  #note(text: string): void {
    this.#options.onLogs(packLines([[Date.now(), `${this.#options.fn.name}: ${text}`]]));
  }

  #failed(reason: string): void {
    this.#failedStarts++;
    if (this.#failedStarts > MAX_FAILED_STARTS) {
      this.#note(`it cannot start: ${reason}`);
      for (const { invocation, settle } of this.#waiting.splice(0)) settle([idOf(invocation)]);
      return;
    }
    this.#start();
  }

  #replaceOverdue(): void {
    for (const environment of this.#environments) {
      if (environment.busyMs > this.#options.fn.timeoutMs) {
        environment.terminate(`Task timed out after ${this.#options.fn.timeoutMs / 1000} seconds`);
      } else if (performance.now() - environment.startedAt > MAX_AGE_MS) {
        this.#environments.delete(environment);
        this.#retired.add(environment);
        environment.retire();
        this.#start();
      }
    }
  }
}
