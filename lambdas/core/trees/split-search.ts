// One thread's share of split search: reduces and scans the histograms of its bundles, and reads what all threads found.
import type { Draw } from './draw.ts';
import { CODES, type Kernels } from './kernels.ts';
import type { Views } from './memory.ts';
import { type NodeSums, noSplit, type Split, type SplitRules, scanCategory, scanNumeric } from './split.ts';
import { BUILDS, RECORD_BYTES, type ThreadSpace, type TrainingSet } from './training-set.ts';

export interface FoundSplit extends Split {
  readonly column: number;
}

/** Record of a node's best split in float64 cells: gain, column (-1: none), bin, is category, missing left, G, H, then 8 words of levels. */
const CELLS = RECORD_BYTES / 8;
const LEVEL_CELL = 7;

export class SplitSearch {
  private readonly set: TrainingSet;
  private readonly views: Views;
  private readonly kernels: Kernels;
  private readonly own: ThreadSpace;
  private readonly thread: number;
  private readonly rules: SplitRules;
  private readonly monotone: readonly number[];

  constructor(
    set: TrainingSet,
    views: Views,
    kernels: Kernels,
    thread: number,
    rules: SplitRules,
    monotone: readonly number[],
  ) {
    this.set = set;
    this.views = views;
    this.kernels = kernels;
    this.thread = thread;
    this.own = set.threads[thread];
    this.rules = rules;
    this.monotone = monotone;
  }

  /** Completes, for this thread's bundles, the slot that thread 0 filled with its own sums: adds the build of the other threads. */
  reduce(draw: Draw, build: number, slot: number): void {
    const { set } = this;
    const plane = set.slotBytes / 2;
    for (const { bundle, cells } of draw.slices[this.thread]) {
      for (let thread = 1; thread < set.threads.length; thread += 1) {
        const wide = set.threads[thread].wide + build * set.slotBytes + bundle * CODES * 8;
        const target = set.slots + slot * set.slotBytes + bundle * CODES * 8;
        this.kernels.addInto(target, wide, cells);
        this.kernels.addInto(target + plane, wide + plane, cells);
      }
    }
  }

  /** parent -= child, for this thread's bundles: what is left is the sibling. */
  subtract(draw: Draw, parentSlot: number, childSlot: number): void {
    const { set } = this;
    const plane = set.slotBytes / 2;
    for (const { bundle, cells } of draw.slices[this.thread]) {
      const target = set.slots + parentSlot * set.slotBytes + bundle * CODES * 8;
      const source = set.slots + childSlot * set.slotBytes + bundle * CODES * 8;
      this.kernels.subtractFrom(target, source, cells);
      this.kernels.subtractFrom(target + plane, source + plane, cells);
    }
  }

  /** Scans this thread's columns at a node and records the best split under `index` (0 .. 2 BUILDS - 1). */
  scan(draw: Draw, slot: number, node: NodeSums, index: number): void {
    const { set, views } = this;
    const { f64 } = views;
    const best = noSplit(this.rules.minGain);
    let column = -1;
    for (const { column: candidate, bundle, map, codes } of draw.scans[this.thread]) {
      const { kind, bins } = set.columns[candidate];
      let g = (set.slots + slot * set.slotBytes) / 8 + bundle * CODES;
      let h = g + set.slotBytes / 16;
      if (map !== 0) {
        const { column: expanded } = this.own;
        f64.fill(0, expanded / 8, expanded / 8 + bins);
        f64.fill(0, expanded / 8 + CODES, expanded / 8 + CODES + bins);
        this.kernels.expand(map, codes, g * 8, h * 8, expanded, expanded + CODES * 8);
        g = expanded / 8;
        h = g + CODES;
      }
      const better =
        kind === 'category'
          ? scanCategory(f64, g, h, bins, node, this.rules, best)
          : scanNumeric(f64, g, h, bins, node, this.rules, this.monotone[candidate], best);
      if (better) column = candidate;
    }
    this.write(index, column, best);
  }

  private write(index: number, column: number, split: Split): void {
    const { f64, u32 } = this.views;
    const cell = this.own.records / 8 + index * CELLS;
    f64[cell] = split.gain;
    f64[cell + 1] = column;
    f64[cell + 2] = split.bin;
    f64[cell + 3] = split.set === null ? 0 : 1;
    f64[cell + 4] = split.missingLeft ? 1 : 0;
    f64[cell + 5] = split.leftGradient;
    f64[cell + 6] = split.leftHessian;
    const words = (cell + LEVEL_CELL) * 2;
    u32.fill(0, words, words + 8);
    for (const bin of split.set ?? []) u32[words + (bin >>> 5)] |= 1 << (bin & 31);
  }

  /** The best of all threads' records of a node: highest gain, then lowest column. Null when none found a split. */
  best(index: number): FoundSplit | null {
    const { f64 } = this.views;
    let cell = -1;
    for (const { records } of this.set.threads) {
      const other = records / 8 + index * CELLS;
      if (f64[other + 1] < 0) continue;
      if (cell < 0 || f64[other] > f64[cell] || (f64[other] === f64[cell] && f64[other + 1] < f64[cell + 1]))
        cell = other;
    }
    if (cell < 0) return null;
    return {
      gain: f64[cell],
      column: f64[cell + 1],
      bin: f64[cell + 2],
      set: f64[cell + 3] === 0 ? null : this.levels((cell + LEVEL_CELL) * 2),
      missingLeft: f64[cell + 4] === 1,
      leftGradient: f64[cell + 5],
      leftHessian: f64[cell + 6],
    };
  }

  private levels(words: number): number[] {
    const bins: number[] = [];
    for (let bin = 1; bin < CODES; bin += 1) {
      if ((this.views.u32[words + (bin >>> 5)] >>> (bin & 31)) & 1) bins.push(bin);
    }
    return bins;
  }
}

/** Records that fit between two barriers. */
export const MOST_NODES = 2 * BUILDS;
