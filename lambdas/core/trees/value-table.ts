// Numbers the distinct float32 values of a column in the order they are first seen: columns repeat few values, so a look-up beats sorting.

const SMALL = 4096;
const OFFSET = 64;

/** Small integers index an array, other values hash by their bits (open addressing, doubling). NaN is number 0; -0 is 0. */
export class ValueTable {
  private readonly small = new Int32Array(SMALL);
  private keys = new Float32Array(64).fill(Number.NaN);
  private numbers = new Int32Array(64);
  private hashed = 0;
  private readonly one = new Float32Array(1);
  private readonly bits = new Uint32Array(this.one.buffer);
  /** By number. */
  private counts = new Int32Array(256);
  private distinct = new Float32Array(256).fill(Number.NaN);
  private last = 0;

  /** Whether every number so far is below 256. */
  get fitsBytes(): boolean {
    return this.last < 256;
  }

  /** Counts every `step`-th of the values and writes their numbers side by side; a number above 255 is cut to its low byte. */
  number(values: Float32Array, from: number, step: number, count: number, out: Uint8Array, at: number): void {
    for (let row = 0; row < count; row += 1) {
      row = numberKnown(this.small, this.counts, values, from, step, row, count, out, at);
      if (row === count) break;
      const number = this.learn(values[from + row * step]);
      this.counts[number] += 1;
      out[at + row] = number;
    }
  }

  /** Number of a value that was counted. */
  numberOf(value: number): number {
    const index = (value + OFFSET) | 0;
    if (index >= 0 && index < SMALL && index - OFFSET === value) return this.small[index];
    return Number.isNaN(value) ? 0 : this.numbers[this.slot(value)];
  }

  /** Distinct values, ascending, with their counts; NaN is not among them. */
  sorted(): { readonly values: Float32Array; readonly counts: Float64Array } {
    const values = this.distinct.slice(1, this.last + 1).sort();
    return { values, counts: Float64Array.from(values, (value) => this.counts[this.numberOf(value)]) };
  }

  /** What `of` gives for each numbered value, by number; 0 for NaN. */
  byNumber(of: (value: number) => number): Uint8Array {
    return Uint8Array.from(this.distinct.subarray(0, this.last + 1), (value, number) => (number === 0 ? 0 : of(value)));
  }

  /** Number of a value that may be new. */
  private learn(value: number): number {
    const known = this.numberOf(value);
    if (known !== 0 || Number.isNaN(value)) return known;
    this.last += 1;
    if (this.last === this.counts.length) this.widen();
    this.distinct[this.last] = value + 0; // -0 becomes 0
    const index = (value + OFFSET) | 0;
    if (index >= 0 && index < SMALL && index - OFFSET === value) this.small[index] = this.last;
    else this.put(value, this.last);
    return this.last;
  }

  private widen(): void {
    const { counts, distinct } = this;
    this.counts = new Int32Array(counts.length * 2);
    this.counts.set(counts);
    this.distinct = new Float32Array(distinct.length * 2).fill(Number.NaN);
    this.distinct.set(distinct);
  }

  private put(value: number, number: number): void {
    if (this.hashed * 2 >= this.keys.length) this.rehash();
    const slot = this.slot(value);
    if (this.numbers[slot] === 0) this.hashed += 1;
    this.keys[slot] = value;
    this.numbers[slot] = number;
  }

  /** Where a value is, or would be put. */
  private slot(value: number): number {
    const mask = this.keys.length - 1;
    this.one[0] = value;
    const hash = Math.imul(this.bits[0], 0x9e3779b1);
    let slot = ((hash >>> 15) ^ hash) & mask;
    while (this.keys[slot] !== value && !Number.isNaN(this.keys[slot])) slot = (slot + 1) & mask;
    return slot;
  }

  private rehash(): void {
    const { keys, numbers } = this;
    this.keys = new Float32Array(keys.length * 2).fill(Number.NaN);
    this.numbers = new Int32Array(keys.length * 2);
    this.hashed = 0;
    for (let slot = 0; slot < keys.length; slot += 1) {
      if (!Number.isNaN(keys[slot])) this.put(keys[slot], numbers[slot]);
    }
  }
}

/** Numbers rows while their values are small integers seen before; gives the first row that is not. Apart, it compiles to a tight loop. */
function numberKnown(
  small: Int32Array,
  counts: Int32Array,
  values: Float32Array,
  from: number,
  step: number,
  start: number,
  count: number,
  out: Uint8Array,
  at: number,
): number {
  for (let row = start, place = from + start * step; row < count; row += 1, place += step) {
    const value = values[place];
    const index = (value + OFFSET) | 0;
    if (index < 0 || index >= SMALL || index - OFFSET !== value) return row;
    const number = small[index];
    if (number === 0) return row;
    counts[number] += 1;
    out[at + row] = number;
  }
  return count;
}
