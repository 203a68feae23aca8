// Where the threads of a fit wait for each other.

/** Words of shared memory a barrier needs: arrivals, generation, abort flag. */
export const BARRIER_WORDS = 3;
const ARRIVED = 0;
const GENERATION = 1;
const ABORTED = 2;
/**
 * Looks before sleeping, some 50 microseconds: a level takes tens of them, and waking a sleeper takes more than that on a virtual
 * machine, at thousands of meetings a fit. Threads are never more than cores, so nobody is kept from work by this.
 */
const SPINS = 50_000;

export class Barrier {
  private readonly words: Int32Array;
  private readonly threads: number;

  constructor(words: Int32Array, threads: number) {
    this.words = words;
    this.threads = threads;
  }

  /**
   * Returns when all threads have called it; what they wrote before is visible after.
   * @throws FitAborted when another thread died.
   */
  wait(): void {
    if (this.threads === 1) return;
    const { words } = this;
    const generation = Atomics.load(words, GENERATION);
    if (Atomics.add(words, ARRIVED, 1) === this.threads - 1) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.add(words, GENERATION, 1);
      Atomics.notify(words, GENERATION);
    } else {
      for (let spin = 0; spin < SPINS; spin += 1) if (Atomics.load(words, GENERATION) !== generation) break;
      while (Atomics.load(words, GENERATION) === generation) Atomics.wait(words, GENERATION, generation);
    }
    if (Atomics.load(words, ABORTED) !== 0) throw new FitAborted('Another thread of this fit failed.');
  }

  /** Wakes every waiting thread with FitAborted; called from outside when a thread died. */
  static abort(words: Int32Array): void {
    Atomics.store(words, ABORTED, 1);
    Atomics.add(words, GENERATION, 1);
    Atomics.notify(words, GENERATION);
  }
}

/** This thread stopped because another one did; the first failure is the one to report. */
export class FitAborted extends Error {
  override readonly name = 'FitAborted';
}
