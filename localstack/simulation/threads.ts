// Threads that play histories, each a universe of its own.
import { Worker } from 'node:worker_threads';
import type { History } from './history/actions.ts';
import { type ToldResult, toldSchema } from './protocol.ts';
import { rightsByFunction } from './world/rights.ts';

interface Waiting {
  readonly resolve: (result: ToldResult) => void;
  readonly reject: (error: Error) => void;
}

/** One universe. Histories are played one after another. */
export class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** @param planted name of a planted fault */
  constructor(planted: string | null = null) {
    const workerData = { planted, rights: rightsByFunction() };
    this.#worker = new Worker(new URL('worker.ts', import.meta.url), { workerData, execArgv: [] });
    this.#worker.on('message', (message: unknown) => this.#hear(message));
    this.#worker.on('error', (error: unknown) => {
      for (const { reject } of this.#waiting.values())
        reject(error instanceof Error ? error : new Error(String(error)));
    });
  }

  play(history: History): Promise<ToldResult> {
    const id = this.#asked++;
    const { promise, resolve, reject } = Promise.withResolvers<ToldResult>();
    this.#waiting.set(id, { resolve, reject });
    this.#worker.postMessage({ id, history });
    return promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear(message: unknown): void {
    const told = toldSchema.parse(message);
    if ('ready' in told) return;
    const waiting = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if ('result' in told) waiting?.resolve(told.result);
    else waiting?.reject(new Error(told.failed));
  }
}
