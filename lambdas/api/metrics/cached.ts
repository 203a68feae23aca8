// One reading for all who ask within its time to live; those who ask while it is under way wait for the same one.

export class Cached<T> {
  readonly #read: () => Promise<T>;
  readonly #ticks: () => number;
  readonly #ttlMs: number;
  #reading: Promise<T> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param ticks milliseconds of a monotonic clock */
  constructor(read: () => Promise<T>, ttlMs: number, ticks: () => number) {
    this.#read = read;
    this.#ttlMs = ttlMs;
    this.#ticks = ticks;
  }

  /** Rejects as the reading did; a failed reading is not kept. */
  get(): Promise<T> {
    if (this.#reading !== null && this.#ticks() - this.#readAt < this.#ttlMs) return this.#reading;
    const reading = this.#read();
    this.#reading = reading;
    this.#readAt = this.#ticks();
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    return reading;
  }
}
