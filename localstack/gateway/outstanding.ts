// Values by a number that counts up, each added once and taken once. Not a Map: that one is rebuilt every few removals,
// its old tables lead to the new ones, and once one of them has grown old, each garbage collection copies all since.

const FIRST_CAPACITY = 64;

export class Outstanding<T> {
  /** A power of two of places; the number's low bits say which one. */
  #items: ({ readonly id: number; readonly value: T } | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param id not negative, and of none that is still here */
  add(id: number, value: T): void {
    while (this.#items[id & (this.#items.length - 1)] !== undefined) this.#grow();
    this.#items[id & (this.#items.length - 1)] = { id, value };
    this.#size += 1;
  }

  /** The value, which is then no longer here; undefined when it never was or was taken before. */
  take(id: number): T | undefined {
    const place = id & (this.#items.length - 1);
    const item = this.#items[place];
    if (item === undefined || item.id !== id) return undefined;
    this.#items[place] = undefined;
    this.#size -= 1;
    return item.value;
  }

  *[Symbol.iterator](): IterableIterator<readonly [id: number, value: T]> {
    for (const item of this.#items) if (item !== undefined) yield [item.id, item.value];
  }

  #grow(): void {
    const items = this.#items.filter((item) => item !== undefined);
    this.#items = new Array(this.#items.length * 2).fill(undefined);
    // Two that had a place each have one each now: they differ in a bit that counts.
    for (const item of items) this.#items[item.id & (this.#items.length - 1)] = item;
  }
}
