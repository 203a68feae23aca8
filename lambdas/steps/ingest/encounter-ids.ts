// Which encounter_id was seen first in which batch: open addressing over typed arrays, 12-24 bytes an id.

const EMPTY = -1;

/** A map from encounter_id (an integer >= 0, exact in a double) to the batch that claimed it first. */
export class EncounterIds {
  private ids = new Float64Array(1 << 12).fill(EMPTY);
  private batches = new Int32Array(1 << 12);
  private used = 0;

  /** Claims the id for a batch; returns the batch that held it before, or null if it was free. */
  claim(id: number, batchId: number): number | null {
    if (this.used * 2 >= this.ids.length) this.grow();
    const slot = this.slotOf(id);
    if (this.ids[slot] === id) return this.batches[slot] ?? null;
    this.ids[slot] = id;
    this.batches[slot] = batchId;
    this.used++;
    return null;
  }

  get size(): number {
    return this.used;
  }

  private slotOf(id: number): number {
    const mask = this.ids.length - 1;
    // Fibonacci hashing of both halves of the integer; ids are nearly consecutive, so the low bits alone would cluster.
    let slot = (Math.imul(id % 4294967296, 0x9e3779b1) ^ Math.imul(id / 4294967296, 0x85ebca6b)) & mask;
    while (this.ids[slot] !== EMPTY && this.ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { ids, batches } = this;
    this.ids = new Float64Array(ids.length * 2).fill(EMPTY);
    this.batches = new Int32Array(ids.length * 2);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? EMPTY;
      if (id === EMPTY) continue;
      const slot = this.slotOf(id);
      this.ids[slot] = id;
      this.batches[slot] = batches[i] ?? 0;
    }
  }
}
