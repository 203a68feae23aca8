// Grows one tree on one thread of a team: every thread runs this on its own rows and meets the others at two barriers a step.
import type { Barrier } from './barrier.ts';
import type { Draw } from './draw.ts';
import { CODES, type Kernels, ROWS_PER_FLUSH } from './kernels.ts';
import { writeLeftBins } from './left-bins.ts';
import type { Views } from './memory.ts';
import type { BoostSettings } from './settings.ts';
import { leafWeight, type NodeSums, type SplitRules } from './split.ts';
import { type FoundSplit, SplitSearch } from './split-search.ts';
import { BUILDS, type ThreadSpace, type TrainingSet } from './training-set.ts';
import type { Tree } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';

/** This thread's rows of a node: a stretch of a row list. */
interface Stretch {
  readonly from: number;
  readonly count: number;
}

interface Node {
  readonly id: number;
  readonly depth: number;
  readonly sums: NodeSums;
  readonly sampled: Stretch;
  readonly rest: Stretch;
  /** Histogram slot; -1 when the node cannot be split further. */
  readonly slot: number;
  readonly split: FoundSplit | null;
}

/** Units of the integer sums: real gradient = G / gradient, real hessian = H / hessian. */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
}

export class Grower {
  private readonly set: TrainingSet;
  private readonly settings: BoostSettings;
  private readonly views: Views;
  private readonly kernels: Kernels;
  private readonly own: ThreadSpace;
  private readonly isFirst: boolean;
  private readonly barrier: Barrier;
  private readonly units: Units;
  private readonly rules: SplitRules;
  private readonly search: SplitSearch;
  private slotsUsed = 0;

  constructor(
    set: TrainingSet,
    settings: BoostSettings,
    views: Views,
    kernels: Kernels,
    thread: number,
    barrier: Barrier,
    units: Units,
  ) {
    this.set = set;
    this.settings = settings;
    this.views = views;
    this.kernels = kernels;
    this.own = set.threads[thread];
    this.isFirst = thread === 0;
    this.barrier = barrier;
    this.units = units;
    this.rules = inUnits(settings, units);
    this.search = new SplitSearch(set, views, kernels, thread, this.rules, settings.monotone);
  }

  /** Grows a tree on the rows in the first lists and adds its values to all margins. */
  grow(draw: Draw, sampled: number, rest: number): Tree {
    const builder = new TreeBuilder(this.set.columns);
    this.slotsUsed = 1;
    const rows = { sampled: { from: 0, count: sampled }, rest: { from: 0, count: rest } };
    this.build(rows.sampled, 0, 0, 0);
    this.barrier.wait();
    this.search.reduce(draw, 0, 0);
    const sums = this.rootSums();
    this.search.scan(draw, 0, sums, 0);
    this.barrier.wait();
    const root: Node = {
      id: builder.add(this.cover(sums)),
      depth: 0,
      sums,
      ...rows,
      slot: 0,
      split: this.search.best(0),
    };
    const leaves =
      this.settings.growth === 'depth' ? this.byDepth(builder, draw, root) : this.byLeaf(builder, draw, root);
    for (const leaf of leaves) this.finish(builder, leaf);
    return builder.done();
  }

  private byDepth(builder: TreeBuilder, draw: Draw, root: Node): Node[] {
    const leaves: Node[] = [];
    let level = [root];
    while (level.length > 0) {
      leaves.push(...level.filter((node) => node.split === null));
      const parents = level.filter((node) => node.split !== null);
      level = [];
      for (let first = 0; first < parents.length; first += BUILDS) {
        level.push(...this.step(builder, draw, parents.slice(first, first + BUILDS), false));
      }
    }
    return leaves;
  }

  private byLeaf(builder: TreeBuilder, draw: Draw, root: Node): Node[] {
    let open = [root];
    // Nodes whose children can't be split are closed at once, so a tree may run out of open ones before it has all its leaves.
    for (let leaves = 1; leaves < this.settings.maxLeaves && open.length > 0; leaves += 1) {
      const next = open.reduce((most, node) => ((node.split?.gain ?? -1) > (most.split?.gain ?? -1) ? node : most));
      if (next.split === null) break;
      open = open.filter((node) => node !== next);
      open.push(...this.step(builder, draw, [next], leaves + 1 === this.settings.maxLeaves));
    }
    return open;
  }

  /** Splits up to BUILDS nodes; gives the children that are still open, with their own best splits. */
  private step(builder: TreeBuilder, draw: Draw, parents: readonly Node[], last: boolean): Node[] {
    const open: { children: [Node, Node]; small: Node; large: Node }[] = [];
    for (const parent of parents) {
      const { split } = parent;
      if (split === null) continue;
      const [leftSums, rightSums] = this.childSums(parent, split);
      const ids = builder.split(
        parent.id,
        split.column,
        split,
        this.cover(leftSums),
        this.cover(rightSums),
        this.gain(split),
      );
      writeLeftBins(split, this.set.columns[split.column].bins, this.views.u8, this.own.table);
      const least = 2 * this.rules.minChildWeight;
      const splittable =
        Math.max(leftSums.hessian, rightSums.hessian) >= least && parent.depth + 1 < this.settings.maxDepth;
      if (last || !splittable) {
        this.closeChildren(builder, parent, split, ids, leftSums, rightSums);
        continue;
      }
      const sampled = this.partition(parent.sampled, this.own.sampled, parent.depth, split.column);
      const rest = this.partition(parent.rest, this.own.rest, parent.depth, split.column);
      const leftIsSmall = leftSums.hessian < rightSums.hessian;
      const fresh = this.slotsUsed++;
      const child = (side: 0 | 1): Node => ({
        id: side === 0 ? ids.left : ids.right,
        depth: parent.depth + 1,
        sums: side === 0 ? leftSums : rightSums,
        sampled: sampled[side],
        rest: rest[side],
        slot: (side === 0) === leftIsSmall ? fresh : parent.slot,
        split: null,
      });
      const children: [Node, Node] = [child(0), child(1)];
      const [small, large] = leftIsSmall ? children : [children[1], children[0]];
      this.build(small.sampled, small.depth, open.length, fresh);
      open.push({ children, small, large });
    }
    if (open.length === 0) return [];
    this.barrier.wait();
    open.forEach(({ children, small, large }, build) => {
      this.search.reduce(draw, build, small.slot);
      this.search.subtract(draw, large.slot, small.slot);
      this.search.scan(draw, children[0].slot, children[0].sums, 2 * build);
      this.search.scan(draw, children[1].slot, children[1].sums, 2 * build + 1);
    });
    this.barrier.wait();
    return open.flatMap(({ children }, build) =>
      children.map((child, side) => ({ ...child, split: this.search.best(2 * build + side) })),
    );
  }

  /** Histogram of the listed rows into this thread's build (thread 0: into the slot itself). */
  private build(rows: Stretch, depth: number, build: number, slot: number): void {
    const { set, own, kernels } = this;
    const g = this.isFirst ? set.slots + slot * set.slotBytes : own.wide + build * set.slotBytes;
    const h = g + set.slotBytes / 2;
    const bundles = set.bundles.length;
    const list = own.sampled[depth & 1] + rows.from * 4;
    for (let first = 0; first === 0 || first < rows.count; first += ROWS_PER_FLUSH) {
      const count = Math.min(ROWS_PER_FLUSH, rows.count - first);
      kernels.histogram(list + first * 4, count, set.packed, set.records, set.recordBytes, bundles, own.hist);
      kernels.flush(own.hist, g, h, bundles * CODES, first === 0 ? 0 : 1);
    }
  }

  private partition(
    rows: Stretch,
    lists: readonly [number, number],
    depth: number,
    column: number,
  ): [Stretch, Stretch] {
    const from = lists[depth & 1] + rows.from * 4;
    const to = lists[(depth + 1) & 1] + rows.from * 4;
    const left = this.kernels.partition(
      from,
      rows.count,
      this.set.codes + column * this.set.stride,
      this.own.table,
      to,
    );
    return [
      { from: rows.from, count: left },
      { from: rows.from + left, count: rows.count - left },
    ];
  }

  /** Both children are leaves: their values go straight to the margins, by bin, without listing their rows. */
  private closeChildren(
    builder: TreeBuilder,
    parent: Node,
    split: FoundSplit,
    ids: { left: number; right: number },
    left: NodeSums,
    right: NodeSums,
  ): void {
    const { own, set, views } = this;
    const leftValue = this.value(left);
    const rightValue = this.value(right);
    builder.setValue(ids.left, leftValue);
    builder.setValue(ids.right, rightValue);
    for (let bin = 0; bin < set.columns[split.column].bins; bin += 1) {
      views.f64[own.values / 8 + bin] = views.u8[own.table + bin] === 1 ? leftValue : rightValue;
    }
    const codes = set.codes + split.column * set.stride;
    for (const [rows, lists] of [
      [parent.sampled, own.sampled],
      [parent.rest, own.rest],
    ] as const) {
      this.kernels.addByBin(lists[parent.depth & 1] + rows.from * 4, rows.count, codes, own.values, set.margins);
    }
  }

  private finish(builder: TreeBuilder, leaf: Node): void {
    const value = this.value(leaf.sums);
    builder.setValue(leaf.id, value);
    const { own, set, kernels } = this;
    kernels.addConstant(own.sampled[leaf.depth & 1] + leaf.sampled.from * 4, leaf.sampled.count, value, set.margins);
    kernels.addConstant(own.rest[leaf.depth & 1] + leaf.rest.from * 4, leaf.rest.count, value, set.margins);
  }

  private rootSums(): NodeSums {
    let gradient = 0;
    let hessian = 0;
    for (const { sums } of this.set.threads) {
      gradient += this.views.f64[sums / 8];
      hessian += this.views.f64[sums / 8 + 1];
    }
    return { gradient, hessian, lower: -Infinity, upper: Infinity };
  }

  /** Sums of both children; a split on a monotone column parts the range of weights between them. */
  private childSums({ sums }: Node, split: FoundSplit): [NodeSums, NodeSums] {
    const left = { ...sums, gradient: split.leftGradient, hessian: split.leftHessian };
    const right = { ...sums, gradient: sums.gradient - left.gradient, hessian: sums.hessian - left.hessian };
    const direction = this.settings.monotone[split.column];
    if (direction === 0) return [left, right];
    const weight = (of: NodeSums) => leafWeight(of.gradient, of.hessian, this.rules.l2, of.lower, of.upper);
    const middle = (weight(left) + weight(right)) / 2;
    return direction > 0
      ? [
          { ...left, upper: middle },
          { ...right, lower: middle },
        ]
      : [
          { ...left, lower: middle },
          { ...right, upper: middle },
        ];
  }

  private value({ gradient, hessian, lower, upper }: NodeSums): number {
    const weight =
      (leafWeight(gradient, hessian, this.rules.l2, lower, upper) * this.units.hessian) / this.units.gradient;
    return Math.fround(this.settings.learningRate * weight);
  }

  private cover({ hessian }: NodeSums): number {
    return hessian / this.units.hessian;
  }

  private gain({ gain }: FoundSplit): number {
    return (gain * this.units.hessian) / this.units.gradient ** 2;
  }
}

/** The settings' rules, stated in units of the integer sums. */
function inUnits(settings: BoostSettings, { gradient, hessian }: Units): SplitRules {
  return {
    l2: settings.l2 * hessian,
    minGain: (settings.minGain * gradient ** 2) / hessian,
    minChildWeight: settings.minChildWeight * hessian,
    categorySmoothing: settings.categorySmoothing * hessian,
    categoryL2: settings.categoryL2 * hessian,
    categoryMinWeight: settings.categoryMinWeight * hessian,
    categoryMaxLevels: settings.categoryMaxLevels,
  };
}
