// A process of the simulated world: one environment of a function. It may be frozen and thawed, and it may die at any point.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ObjectRights } from '../services/objects.ts';

export type Life = 'running' | 'frozen' | 'dead';

export class Process {
  readonly label: string;
  readonly rights: ObjectRights;
  /** Rejects when the process dies. */
  readonly died: Promise<never>;
  readonly lines: string[] = [];
  life: Life = 'running';
  requests = 0;
  /** When a request of this process last failed or took long: what it says of the registry is excused for a while. */
  troubledAt = Number.NEGATIVE_INFINITY;
  #die: (error: Error) => void = () => {};

  constructor(label: string, rights: ObjectRights) {
    this.label = label;
    this.rights = rights;
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => {}); // nobody need be waiting
    this.died = promise;
    this.#die = reject;
  }

  /** It has answered, and is never asked again. */
  end(): void {
    this.life = 'dead';
  }

  die(): void {
    if (this.life === 'dead') return;
    this.life = 'dead';
    this.#die(new ProcessDiedError(this.label));
  }

  /** Runs work as this process; rejects when it dies first. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return Promise.race([running.run(this, work), this.died]);
  }
}

const running = new AsyncLocalStorage<Process>();

/** The process whose code runs now. */
export const current = (): Process | undefined => running.getStore();

/** As Step Functions names it when the environment of a function exits. */
export class ProcessDiedError extends Error {
  override readonly name = 'Runtime.ExitError';
  constructor(label: string) {
    super(`Error: Runtime exited with error: signal: killed (${label})`);
  }
}
