// Collects the nodes of one growing tree.
import type { ColumnBins } from './binning.ts';
import type { Split } from './split.ts';
import type { Tree } from './tree.ts';

/** Largest float32: the threshold that every present number is below, for splits of present against missing. */
const ANY_NUMBER = 3.4028234663852886e38;

export class TreeBuilder {
  private readonly columns: readonly ColumnBins[];
  private readonly tree = {
    feature: [] as number[],
    threshold: [] as number[],
    levels: [] as (number[] | null)[],
    missing_left: [] as number[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[],
    cover: [] as number[],
    gain: [] as number[],
  };

  constructor(columns: readonly ColumnBins[]) {
    this.columns = columns;
  }

  /** Adds a leaf of value 0 and gives its index. */
  add(cover: number): number {
    const { tree } = this;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.levels.push(null);
    tree.missing_left.push(0);
    tree.left.push(0);
    tree.right.push(0);
    tree.value.push(0);
    tree.gain.push(0);
    return tree.cover.push(Math.fround(cover)) - 1;
  }

  setValue(node: number, value: number): void {
    this.tree.value[node] = value;
  }

  /** Turns a leaf into a split with two new leaves; covers and gain in real units. */
  split(
    node: number,
    column: number,
    split: Split,
    leftCover: number,
    rightCover: number,
    gain: number,
  ): { left: number; right: number } {
    const { tree } = this;
    const { cuts } = this.columns[column];
    const left = this.add(leftCover);
    const right = this.add(rightCover);
    tree.feature[node] = column;
    if (split.set === null) tree.threshold[node] = split.bin <= cuts.length ? cuts[split.bin - 1] : ANY_NUMBER;
    else tree.levels[node] = split.set.map((bin) => bin - 1);
    tree.missing_left[node] = split.missingLeft ? 1 : 0;
    tree.left[node] = left;
    tree.right[node] = right;
    tree.gain[node] = Math.fround(gain);
    return { left, right };
  }

  done(): Tree {
    return this.tree;
  }
}
