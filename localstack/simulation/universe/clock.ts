// The one clock of a simulated universe. Installed in a worker thread, it stands for Date, performance.now and all timers
// there, so that whatever runs in it (our handlers, the state machine's interpreter, a library) lives in virtual time.
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

/** 2026-01-05T00:00:00Z: where every history begins. */
const EPOCH = Date.UTC(2026, 0, 5);

export interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
  /** Whether whoever set it is frozen: then it fires after the thaw. */
  readonly isHeld: () => boolean;
}

export class VirtualClock {
  now = EPOCH;
  #timers = new Map<object, Timer>();
  #order = 0;

  /** Back to the beginning, without timers. */
  reset(): void {
    this.now = EPOCH;
    this.#timers = new Map();
    this.#order = 0;
  }

  set(handle: object, delay: number, callback: () => void, isHeld: () => boolean): void {
    const at = this.now + Math.max(1, Math.ceil(Number.isFinite(delay) ? delay : 1));
    // The callback runs as the process that set it.
    const fire = AsyncLocalStorage.bind(callback);
    this.#timers.set(handle, { at, order: this.#order++, fire, isHeld });
  }

  clear(handle: object): void {
    this.#timers.delete(handle);
  }

  /** The next timer to fire, if any. */
  next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.isHeld()) continue;
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) {
        first = timer;
      }
    }
    return first;
  }

  /** Fires the next timer; time moves to it. */
  fireNext(): void {
    const timer = this.next();
    if (timer === undefined) return;
    for (const [handle, known] of this.#timers) if (known === timer) this.#timers.delete(handle);
    this.now = Math.max(this.now, timer.at);
    timer.fire();
  }
}

/** What setTimeout hands out: it can be cleared, and kept from keeping a process alive, which here means nothing. */
class Handle {
  ref = () => this;
  unref = () => this;
  hasRef = () => false;
  refresh = () => this;
}

/**
 * Puts the clock and the randomness of this thread in the place of the real ones; there is no way back.
 * @param holder tells, for whoever runs now, whether it is frozen
 */
export function install(clock: VirtualClock, random: () => number, holder: () => () => boolean): void {
  const RealDate = Date;
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [clock.now] : args, newTarget),
    apply: () => new RealDate(clock.now).toString(),
    get: (target, name, receiver) => (name === 'now' ? () => clock.now : Reflect.get(target, name, receiver)),
  });
  const set = (callback: (...args: unknown[]) => void, delay = 1, ...args: unknown[]) => {
    const handle = new Handle();
    clock.set(handle, delay, () => callback(...args), holder());
    return handle;
  };
  const clear = (handle: unknown) => {
    if (handle instanceof Handle) clock.clear(handle);
  };
  Object.assign(globalThis, { Date: VirtualDate, setTimeout: set, clearTimeout: clear });
  Math.random = random;
  performance.now = () => clock.now - EPOCH;
  Object.assign(timersPromises, {
    setTimeout: (delay = 1, value?: unknown) => new Promise((resolve) => set(() => resolve(value), delay)),
  });
  syncBuiltinESMExports();
}
