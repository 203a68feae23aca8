// A table from float32 values to a number: columns repeat few distinct values, so counting beats sorting.

const SMALL = 4096;
const OFFSET = 64;

/**
 * Small integers index an array, other values hash by their bits (open addressing, doubling). NaN must not be put in; -0 is 0.
 */
export class ValueTable {
  private readonly small = new Int32Array(SMALL);
  private keys = new Float32Array(64).fill(Number.NaN);
  private tally = new Int32Array(64);
  private used = 0;
  private readonly one = new Float32Array(1);
  private readonly bits = new Uint32Array(this.one.buffer);

  /** The number beside a value; 0 at first. */
  get(value: number): number {
    const index = (value + OFFSET) | 0;
    if (index >= 0 && index < SMALL && index - OFFSET === value) return this.small[index];
    const slot = this.slot(value);
    return this.tally[slot];
  }

  set(value: number, number: number): void {
    const index = (value + OFFSET) | 0;
    if (index >= 0 && index < SMALL && index - OFFSET === value) this.small[index] = number;
    else this.put(value, number);
  }

  count(value: number): void {
    const index = (value + OFFSET) | 0;
    if (index >= 0 && index < SMALL && index - OFFSET === value) this.small[index] += 1;
    else this.put(value, this.get(value) + 1);
  }

  /** Distinct values with a number other than 0, ascending, with their numbers. */
  sorted(): { readonly values: Float32Array; readonly numbers: Float64Array } {
    const found: number[] = [];
    for (let index = 0; index < SMALL; index += 1) if (this.small[index] !== 0) found.push(index - OFFSET);
    for (let slot = 0; slot < this.keys.length; slot += 1) if (this.tally[slot] !== 0) found.push(this.keys[slot]);
    const values = Float32Array.from(found).sort();
    return { values, numbers: Float64Array.from(values, (value) => this.get(value)) };
  }

  /** Finds the slot first: finding may replace the table. */
  private put(value: number, number: number): void {
    const slot = this.slot(value);
    this.tally[slot] = number;
  }

  private slot(value: number): number {
    const mask = this.keys.length - 1;
    this.one[0] = value;
    const hash = Math.imul(this.bits[0], 0x9e3779b1);
    let slot = ((hash >>> 15) ^ hash) & mask;
    for (;;) {
      const key = this.keys[slot];
      if (key === value) return slot;
      if (Number.isNaN(key)) break;
      slot = (slot + 1) & mask;
    }
    if (this.used * 2 >= this.keys.length) {
      this.grow();
      return this.slot(value);
    }
    this.used += 1;
    this.keys[slot] = value;
    return slot;
  }

  private grow(): void {
    const { keys, tally } = this;
    this.keys = new Float32Array(keys.length * 2).fill(Number.NaN);
    this.tally = new Int32Array(keys.length * 2);
    this.used = 0;
    for (let slot = 0; slot < keys.length; slot += 1) {
      if (!Number.isNaN(keys[slot])) this.put(keys[slot], tally[slot]);
    }
  }
}
