// A hash table from float32 values to a number: columns repeat few distinct values, so counting beats sorting.

/** Open addressing on the value's bits; grows by doubling. -0 and 0 are one value; NaN must not be put in. */
export class ValueTable {
  /** The number beside each value, 0 at first; index with `slot(value)`, valid until the next new value. */
  tally: Float64Array = new Float64Array(256);
  private keys = new Float32Array(256).fill(Number.NaN);
  private used = 0;
  private readonly one = new Float32Array(1);
  private readonly bits = new Uint32Array(this.one.buffer);

  count(value: number): void {
    this.tally[this.slot(value)] += 1;
  }

  slot(value: number): number {
    const mask = this.keys.length - 1;
    this.one[0] = value + 0;
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

  /** Distinct values ascending, with their tallies. */
  sorted(): { readonly values: Float32Array; readonly counts: Float64Array } {
    const values = this.keys.filter((key) => !Number.isNaN(key)).sort();
    return { values, counts: Float64Array.from(values, (value) => this.tally[this.slot(value)]) };
  }

  private grow(): void {
    const { keys, tally } = this;
    this.keys = new Float32Array(keys.length * 2).fill(Number.NaN);
    this.tally = new Float64Array(keys.length * 2);
    this.used = 0;
    for (let slot = 0; slot < keys.length; slot += 1) {
      if (!Number.isNaN(keys[slot])) this.tally[this.slot(keys[slot])] = tally[slot];
    }
  }
}
