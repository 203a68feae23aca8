// The functions' log on its way to CloudWatch, in a thread of its own. Lines wait for a second or so to be shipped; if they
// waited in the gateway's memory, each of its garbage collections would copy megabytes of them while requests wait.
import { Worker } from 'node:worker_threads';
import type { Credentials } from '../clients.ts';
import { packLines } from './log-lines.ts';

export interface LogThreadData {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

export type ToLogThread =
  | { readonly kind: 'lines'; readonly group: string; readonly lines: readonly string[] }
  | { readonly kind: 'close' };

export type FromLogThread =
  /** How long the next events of each group's function should wait, in milliseconds. */
  { readonly kind: 'pauses'; readonly pauses: Readonly<Record<string, number>> } | { readonly kind: 'closed' };

/** The log of one function. */
export interface FunctionLog {
  /** @param lines packed */
  add(lines: string): void;
  /** Milliseconds that the next events should wait for the log to come after, mostly 0. */
  readonly pauseMs: number;
}

const THREAD = new URL('./log-thread-worker.ts', import.meta.url);
/** Lines travel together: waking the thread costs more than carrying them. */
const GATHER_MS = 25;

export class LogThread {
  readonly #data: LogThreadData;
  readonly #gathered = new Map<string, string[]>();
  /** Groups that the thread was given lines of. */
  readonly #shipped = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #worker: Worker | null = null;
  #pauses: Readonly<Record<string, number>> = {};
  #onClosed: (() => void) | null = null;

  constructor(data: LogThreadData) {
    this.#data = data;
  }

  /** The log of the function that writes to this group. */
  log(group: string): FunctionLog {
    const thread = this;
    return {
      add: (lines) => thread.#add(group, lines),
      get pauseMs() {
        return thread.#pauses[group] ?? 0;
      },
    };
  }

  /** Ships the rest, as far as CloudWatch takes it, and ends the thread. */
  async close(): Promise<void> {
    this.#send();
    const worker = this.#worker;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      this.#onClosed = resolve;
      this.#post(worker, { kind: 'close' });
    });
    await worker.terminate();
  }

  #add(group: string, lines: string): void {
    const gathered = this.#gathered.get(group);
    if (gathered === undefined) this.#gathered.set(group, [lines]);
    else gathered.push(lines);
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const [group, lines] of this.#gathered) {
      this.#worker ??= this.#start();
      this.#post(this.#worker, { kind: 'lines', group, lines });
      this.#shipped.add(group);
    }
    this.#gathered.clear();
  }

  #post(worker: Worker, message: ToLogThread): void {
    worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#data, name: 'log thread' });
    let reason = 'nobody said why';
    worker.on('message', (message: FromLogThread) => {
      if (message.kind === 'pauses') this.#pauses = message.pauses;
      else this.#onClosed?.();
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => {
      this.#worker = null;
      this.#pauses = {};
      if (this.#onClosed !== null) {
        this.#onClosed();
        return;
      }
      // The next lines start another thread; whoever reads the log shall know that it may have a gap.
      const note = `log lines before this one may be lost: the thread that ships them ended: ${reason}`;
      for (const group of this.#shipped) this.#add(group, packLines([[Date.now(), note]]));
    });
    this.#worker = worker;
    return worker;
  }
}
