// Values under numbers, each added once and taken once. Not a Map: that one is rebuilt every few removals, its old tables
// lead to the new ones, and once one of them has grown old, each garbage collection copies all since.

const FIRST_CAPACITY = 64;
const MAX_ID = 0x7fffffff;

export class Outstanding<T> {
  /** A power of two of places; a number's low bits say which one is its own. At least half of them are empty. */
  #items: ({ readonly id: number; readonly value: T } | undefined)[] = new Array(FIRST_CAPACITY).fill(undefined);
  #size = 0;
  #lastId: number;

  /** @param lastId numbers count up from here, and from 1 again after the largest Int32 */
  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  get size(): number {
    return this.#size;
  }

  /** The value's number: a positive Int32. Those whose place is taken are passed over, so one that stays long costs nothing. */
  add(value: T): number {
    if (this.#size * 2 >= this.#items.length) this.#grow();
    do this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1;
    while (this.#items[this.#place(this.#lastId)] !== undefined);
    this.#items[this.#place(this.#lastId)] = { id: this.#lastId, value };
    this.#size += 1;
    return this.#lastId;
  }

  /** The value, which is then no longer here; undefined when it never was or was taken before. */
  take(id: number): T | undefined {
    const item = this.#items[this.#place(id)];
    if (item === undefined || item.id !== id) return undefined;
    this.#items[this.#place(id)] = undefined;
    this.#size -= 1;
    return item.value;
  }

  *[Symbol.iterator](): IterableIterator<readonly [id: number, value: T]> {
    for (const item of this.#items) if (item !== undefined) yield [item.id, item.value];
  }

  #place(id: number): number {
    return id & (this.#items.length - 1);
  }

  #grow(): void {
    const items = this.#items.filter((item) => item !== undefined);
    this.#items = new Array(this.#items.length * 2).fill(undefined);
    // Two that had a place each have one each now: they differ in a bit that counts.
    for (const item of items) this.#items[this.#place(item.id)] = item;
  }
}
