// The gateway's side of the thread that writes to CloudWatch Logs.
import { Worker } from 'node:worker_threads';
import type { Credentials } from '../clients.ts';
import type { LogWriter } from './log-writer.ts';
import type { LogLine } from './protocol.ts';

export interface LogWriterData {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

export type LogTask =
  | { readonly kind: 'create'; readonly group: string; readonly stream: string }
  | { readonly kind: 'put'; readonly group: string; readonly stream: string; readonly lines: readonly LogLine[] }
  | { readonly kind: 'keep'; readonly group: string; readonly count: number };

export interface ToLogWriter {
  readonly id: number;
  readonly task: LogTask;
}

export interface FromLogWriter {
  readonly id: number;
  /** Null when it is done. */
  readonly error: string | null;
}

type Settle = (error: Error | null) => void;

const THREAD = new URL('./log-writer-thread.ts', import.meta.url);

/** A thread that ends fails what it was given, and the next task starts another one. */
export class LogWriterThread implements LogWriter {
  readonly #data: LogWriterData;
  readonly #pending = new Map<number, Settle>();
  #worker: Worker | null = null;
  #lastId = 0;

  constructor(data: LogWriterData) {
    this.#data = data;
  }

  createStream(group: string, stream: string): Promise<void> {
    return this.#perform({ kind: 'create', group, stream });
  }

  put(group: string, stream: string, lines: readonly LogLine[]): Promise<void> {
    return this.#perform({ kind: 'put', group, stream, lines });
  }

  keepNewest(group: string, count: number): Promise<void> {
    return this.#perform({ kind: 'keep', group, count });
  }

  /** What is still under way fails. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #perform(task: LogTask): Promise<void> {
    const worker = this.#worker ?? this.#start();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, (error) => (error === null ? resolve() : reject(error)));
      const message: ToLogWriter = { id, task };
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#data, name: 'log writer' });
    let reason = new Error('the thread that writes the log ended');
    worker.on('message', ({ id, error }: FromLogWriter) => {
      const settle = this.#pending.get(id);
      this.#pending.delete(id);
      settle?.(error === null ? null : new Error(error));
    });
    worker.on('error', (error) => {
      if (error instanceof Error) reason = error;
    });
    worker.once('exit', () => {
      this.#worker = null;
      for (const settle of this.#pending.values()) settle(reason);
      this.#pending.clear();
    });
    this.#worker = worker;
    return worker;
  }
}
