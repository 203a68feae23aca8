// Counts of field levels that the predict function gathers: told only for many encounters at once, so that neither a log
// line nor what is made of it says what one patient's fields were.
import type { Encounter } from '../../encounter/contract.ts';
import type { LevelTable } from './levels.ts';

/** Encounters behind one set of counts, at least. What a function gathered of fewer is gone with it. */
export const TOLD_TOGETHER = 20;

export interface LevelCounts {
  readonly contract: string;
  readonly rows: number;
  /** Encounters by `field.level`, both as places in the level table; only what occurred. */
  readonly counts: Readonly<Record<string, number>>;
}

export class LevelTally {
  readonly #table: LevelTable;
  readonly #starts: readonly number[];
  readonly #counts: Int32Array;
  #rows = 0;

  constructor(table: LevelTable) {
    this.#table = table;
    const starts: number[] = [];
    let end = 0;
    for (const { levels } of table.fields) {
      starts.push(end);
      end += levels.length;
    }
    this.#starts = starts;
    this.#counts = new Int32Array(end);
  }

  /** Counts encounters; the counts since the last answer once they are of enough encounters, else null. */
  add(encounters: readonly Encounter[]): LevelCounts | null {
    const { fields } = this.#table;
    for (const encounter of encounters) {
      for (let f = 0; f < fields.length; f++) this.#counts[this.#starts[f] + fields[f].levelOf(encounter)] += 1;
    }
    this.#rows += encounters.length;
    return this.#rows < TOLD_TOGETHER ? null : this.#take();
  }

  #take(): LevelCounts {
    const counts: Record<string, number> = {};
    for (const [f, { levels }] of this.#table.fields.entries()) {
      for (let level = 0; level < levels.length; level++) {
        const n = this.#counts[this.#starts[f] + level];
        if (n > 0) counts[`${f}.${level}`] = n;
      }
    }
    const told = { contract: this.#table.contract, rows: this.#rows, counts };
    this.#counts.fill(0);
    this.#rows = 0;
    return told;
  }
}
