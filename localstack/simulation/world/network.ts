// Requests on their way: each is sent, takes effect, and is answered, and between these anything else may happen. A seeded
// scheduler chooses what happens next; time passes with it.
import { dynamoError, s3Error, timeoutError } from '../services/errors.ts';
import { answer, isRead, type Services } from '../services/services.ts';
import type { VirtualClock } from '../universe/clock.ts';
import { quiet } from '../universe/quiet.ts';
import type { Faults, RequestFault } from './faults.ts';
import { current, type Process } from './process.ts';

const ATTEMPTS = 4;
/** Waiting for an answer that does not come. */
const TIMEOUT_MS = 1500;
const SLOW_MS = 700;

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** One call of a client, of one attempt or several. */
interface Sending {
  readonly command: unknown;
  /** It took effect. */
  done: boolean;
}

interface Pending {
  readonly process: Process;
  readonly name: string;
  readonly sending: Sending;
  readonly fault: RequestFault | null;
  readonly sentAt: number;
  readonly settle: (outcome: Outcome) => void;
  outcome: Outcome | null;
  /** The caller has given up; the request is still on its way. */
  abandoned: boolean;
}

export type Altered = (command: unknown, process: Process) => unknown;
export type OnCommand = (command: unknown, process: Process) => void;

export interface NetworkParts {
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly services: Services;
  readonly faults: Faults;
  /** A planted fault may change a command on its way. */
  readonly alter: Altered;
  readonly onCommand: OnCommand;
}

export class Network {
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #services: Services;
  readonly #faults: Faults;
  readonly #alter: Altered;
  readonly #onCommand: OnCommand;
  #pending: Pending[] = [];
  steps = 0;
  /** What took effect, in order: two runs of a seed must agree on it. */
  readonly trace: string[] = [];

  constructor({ clock, random, services, faults, alter, onCommand }: NetworkParts) {
    this.#clock = clock;
    this.#random = random;
    this.#services = services;
    this.#faults = faults;
    this.#alter = alter;
    this.#onCommand = onCommand;
  }

  /** What the SDK's clients do with a command: send it, and again when that may help. */
  async send(command: unknown): Promise<unknown> {
    const process = current();
    if (process === undefined) throw new Error('a request outside of every process');
    const sending: Sending = { command: this.#alter(command, process), done: false };
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#request(process, sending);
      if (outcome.ok) return outcome.value;
      if (attempt >= ATTEMPTS || !isRetryable(outcome.error)) throw outcome.error;
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt * this.#random()));
    }
  }

  /** Lets things happen until `done` says so, or nothing can happen any more. */
  async run(done: () => boolean): Promise<void> {
    for (;;) {
      await quiet();
      if (done()) return;
      if (!this.#step()) return;
    }
  }

  get idle(): boolean {
    return this.#pending.length === 0;
  }

  /** Everything under way and every process of it is gone. */
  end(): void {
    this.#pending = [];
  }

  #step(): boolean {
    this.steps += 1;
    this.#pending = this.#pending.filter((one) => one.process.life !== 'dead' || one.abandoned);
    const able = this.#pending.filter((one) => one.process.life === 'running' || one.abandoned);
    const timer = this.#clock.next();
    const due = timer !== undefined && timer.at <= this.#clock.now;
    if (able.length === 0) {
      if (timer === undefined) return false;
      this.#clock.fireNext();
      return true;
    }
    this.#clock.now += 1 + Math.floor(this.#random() * 6);
    const chosen = able[Math.floor(this.#random() * (able.length + (due ? 1 : 0)))];
    if (chosen === undefined) this.#clock.fireNext();
    else if (chosen.outcome === null) this.#arrive(chosen);
    else this.#leave(chosen);
    return true;
  }

  #request(process: Process, sending: Sending): Promise<Outcome> {
    const name = `${process.label} ${nameOf(sending.command)} ${++process.requests}`;
    const fault = this.#faults.ofRequest(name);
    if (fault === 'crash before') {
      process.die();
      return new Promise(() => {});
    }
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#pending.push({
      ...{ process, name, sending, fault, sentAt: this.#clock.now, settle: resolve },
      ...{ outcome: null, abandoned: false },
    });
    return promise;
  }

  /** The request reaches its service. */
  #arrive(pending: Pending): void {
    const { fault, process, name, sending, abandoned } = pending;
    if (fault === 'throttled') {
      this.#refuse(pending);
      return;
    }
    if (fault === 'lost') {
      this.#giveUp(pending);
      return;
    }
    if (fault === 'late' && !abandoned) {
      pending.abandoned = true;
      this.#timeOut(pending);
      return;
    }
    this.trace.push(name);
    pending.outcome = this.#effect(process, sending, fault);
    if (abandoned) this.#drop(pending);
    else if (fault === 'unanswered') this.#giveUp(pending);
    else if (fault === 'crash after' && !isRead(sending.command)) {
      this.#drop(pending);
      process.die();
    }
  }

  #effect(process: Process, sending: Sending, fault: RequestFault | null): Outcome {
    // A transaction carries a token: when its request comes twice, it is not done again.
    if (sending.done && isTransaction(sending.command)) return { ok: true, value: { $metadata: {} } };
    const circumstances = { stale: fault === 'stale', conflict: fault === 'conflict' };
    this.#onCommand(sending.command, process);
    try {
      const value = answer(this.#services, sending.command, process.rights, circumstances);
      sending.done = true;
      return { ok: true, value };
    } catch (error) {
      return { ok: false, error };
    }
  }

  /** The answer reaches its caller. */
  #leave(pending: Pending): void {
    const { process, outcome, settle, sentAt } = pending;
    this.#drop(pending);
    if (this.#clock.now - sentAt > SLOW_MS) process.troubledAt = this.#clock.now;
    if (outcome !== null) settle(outcome);
  }

  #refuse(pending: Pending): void {
    pending.process.troubledAt = this.#clock.now;
    pending.outcome = { ok: false, error: throttle(pending.sending.command) };
  }

  #giveUp(pending: Pending): void {
    this.#drop(pending);
    this.#timeOut(pending);
  }

  #timeOut({ process, settle }: Pending): void {
    process.troubledAt = this.#clock.now + TIMEOUT_MS;
    setTimeout(() => settle({ ok: false, error: timeoutError() }), TIMEOUT_MS);
  }

  #drop(pending: Pending): void {
    this.#pending = this.#pending.filter((one) => one !== pending);
  }
}

export const nameOf = (command: unknown): string => String(Object(command).constructor?.name).replace(/Command$/, '');
const isTransaction = (command: unknown) => nameOf(command) === 'TransactWriteItems';

const TRANSIENT = ['TimeoutError', 'ThrottlingException', 'ProvisionedThroughputExceededException', 'SlowDown'];
const isRetryable = (error: unknown) => error instanceof Error && TRANSIENT.includes(error.name);

function throttle(command: unknown): Error {
  const name = nameOf(command);
  if (/Object|Multipart|UploadPart/.test(name)) return s3Error('SlowDown', 503, 'Please reduce your request rate.');
  return dynamoError(/Execution/.test(name) ? 'ThrottlingException' : 'ProvisionedThroughputExceededException');
}
