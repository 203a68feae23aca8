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

interface Group {
  readonly name: string;
  /** Packed, since the last message to the thread. */
  lines: string[];
  /** Whether the thread was given lines of it. */
  shipped: boolean;
  pauseMs: number;
}

export class LogThread {
  readonly #data: LogThreadData;
  readonly #groups: Group[] = [];
  #timer: NodeJS.Timeout | null = null;
  #worker: Worker | null = null;
  #onClosed: (() => void) | null = null;

  constructor(data: LogThreadData) {
    this.#data = data;
  }

  /** The log of the function that writes to this group. */
  log(name: string): FunctionLog {
    const group: Group = { name, lines: [], shipped: false, pauseMs: 0 };
    this.#groups.push(group);
    return {
      add: (lines) => this.#add(group, lines),
      get pauseMs() {
        return group.pauseMs;
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

  #add(group: Group, lines: string): void {
    group.lines.push(lines);
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const group of this.#groups) {
      if (group.lines.length === 0) continue;
      this.#worker ??= this.#start();
      this.#post(this.#worker, { kind: 'lines', group: group.name, lines: group.lines });
      group.lines = [];
      group.shipped = true;
    }
  }

  #post(worker: Worker, message: ToLogThread): void {
    worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(THREAD, { workerData: this.#data, name: 'log thread' });
    let reason = 'nobody said why';
    worker.on('message', (message: FromLogThread) => {
      if (message.kind === 'closed') this.#onClosed?.();
      else for (const group of this.#groups) group.pauseMs = message.pauses[group.name] ?? 0;
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => {
      this.#worker = null;
      if (this.#onClosed === null) this.#noteGap(reason);
      else this.#onClosed();
    });
    this.#worker = worker;
    return worker;
  }

  /** Whoever reads the log shall know that it may have a gap. The note waits for the next lines, which start another thread. */
  #noteGap(reason: string): void {
    const note = `log lines before this one may be lost: the thread that ships them ended: ${reason}`;
    for (const group of this.#groups) {
      group.pauseMs = 0;
      if (group.shipped) group.lines.push(packLines([[Date.now(), note]]));
    }
  }
}
