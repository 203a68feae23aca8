// One tree of a random forest (Breiman 2001), on the same bins as boosting: bootstrap rows, a few columns a node, Gini gain.
import type { ColumnBins } from './binning.ts';
import { counterHash, drawColumns } from './counter-hash.ts';
import { writeLeftBins } from './left-bins.ts';
import { leafWeight, type NodeSums, noSplit, type SplitRules, scanCategory, scanNumeric } from './split.ts';
import type { Tree } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';

export interface ForestSettings {
  readonly trees: number;
  readonly maxDepth: number;
  readonly maxBins: number;
  readonly minLeafRows: number;
  /** Columns tried at a node. */
  readonly columnsTried: number;
  /** Bootstrap draws as a share of the rows. */
  readonly subsample: number;
  readonly seed: number;
}

/** Counts and positives share one double: count - positives * 2^26. */
const PACK = 2 ** 26;

/** Binned training rows, column-major: `codes[column * rows + row]`. */
export interface BinnedRows {
  readonly columns: readonly ColumnBins[];
  readonly rows: number;
  readonly codes: Uint8Array;
  readonly labels: Uint8Array;
}

/** The index-th tree of the forest; depends on nothing but its arguments, so trees may be grown in any order or thread. */
export function growForestTree(binned: BinnedRows, settings: ForestSettings, index: number): Tree {
  const { columns, rows, codes, labels } = binned;
  const counts = bootstrap(rows, settings, index);
  const members = Uint32Array.from(counts.keys()).filter((row) => counts[row] > 0);
  const spare = new Uint32Array(members.length);
  const builder = new TreeBuilder(columns);
  const rules = giniRules(settings.minLeafRows);
  const packed = Float64Array.from(counts, (count, row) => (labels[row] === 1 ? count - count * PACK : count));
  const hist = new Float64Array(768);
  const table = new Uint8Array(256);

  const grow = (node: number, from: number, to: number, sums: NodeSums, depth: number): void => {
    const best = noSplit(1e-9);
    let column = -1;
    const canSplit =
      depth < settings.maxDepth &&
      sums.hessian >= 2 * settings.minLeafRows &&
      sums.gradient !== 0 &&
      sums.gradient !== -sums.hessian;
    for (const tried of canSplit
      ? drawColumns(settings.seed, index * 65_537 + node + 1, columns.length, settings.columnsTried)
      : []) {
      columnSums(hist, members, from, to, codes, tried * rows, packed, columns[tried].bins);
      const { kind, bins } = columns[tried];
      const scan =
        kind === 'category'
          ? scanCategory(hist, 0, 256, bins, sums, rules, best)
          : scanNumeric(hist, 0, 256, bins, sums, rules, 0, best);
      if (scan) column = tried;
    }
    if (column < 0) {
      builder.setValue(node, Math.fround(leafWeight(sums.gradient, sums.hessian, 0, 0, 1)));
      return;
    }
    const rightSums = {
      ...sums,
      gradient: sums.gradient - best.leftGradient,
      hessian: sums.hessian - best.leftHessian,
    };
    const leftSums = { ...sums, gradient: best.leftGradient, hessian: best.leftHessian };
    writeLeftBins(best, columns[column].bins, table, 0);
    const middle = partition(members, spare, from, to, codes, column * rows, table);
    const { left, right } = builder.split(node, column, best, leftSums.hessian, rightSums.hessian, best.gain);
    grow(left, from, middle, leftSums, depth + 1);
    grow(right, middle, to, rightSums, depth + 1);
  };

  let total = 0;
  let positive = 0;
  for (const row of members) {
    total += counts[row];
    if (labels[row] === 1) positive += counts[row];
  }
  grow(builder.add(total), 0, members.length, { gradient: -positive, hessian: total, lower: 0, upper: 1 }, 0);
  return builder.done();
}

function giniRules(minLeafRows: number): SplitRules {
  return {
    l2: 0,
    minGain: 0,
    minChildWeight: minLeafRows,
    categorySmoothing: 10,
    categoryL2: 0,
    categoryMinWeight: minLeafRows,
    categoryMaxLevels: 128,
  };
}

/** Row counts and minus positives of each bin as hist[256 + bin] and hist[bin]; the rest of hist is room for their packed form. */
function columnSums(
  hist: Float64Array,
  members: Uint32Array,
  from: number,
  to: number,
  codes: Uint8Array,
  at: number,
  packed: Float64Array,
  bins: number,
): void {
  hist.fill(0, 512, 512 + bins);
  for (let each = from; each < to; each += 1) {
    const row = members[each];
    hist[512 + codes[at + row]] += packed[row];
  }
  for (let bin = 0; bin < bins; bin += 1) {
    const sum = hist[512 + bin];
    const high = Math.floor(sum / PACK);
    hist[bin] = high;
    hist[256 + bin] = sum - high * PACK;
  }
}

/** Times each row was drawn. */
function bootstrap(rows: number, settings: ForestSettings, index: number): Uint8Array {
  const counts = new Uint8Array(rows);
  const draws = Math.max(1, Math.round(rows * settings.subsample));
  for (let draw = 0; draw < draws; draw += 1) {
    const row = counterHash(settings.seed, 2 ** 29 + index, draw) % rows;
    if (counts[row] < 255) counts[row] += 1;
  }
  return counts;
}

/** Stable partition of members[from..to) by the row's bin; gives the start of the right part. */
function partition(
  members: Uint32Array,
  spare: Uint32Array,
  from: number,
  to: number,
  codes: Uint8Array,
  at: number,
  left: Uint8Array,
): number {
  let end = from;
  let kept = 0;
  for (let each = from; each < to; each += 1) {
    const row = members[each];
    const goesLeft = left[codes[at + row]];
    members[end] = row;
    spare[kept] = row;
    end += goesLeft;
    kept += 1 - goesLeft;
  }
  members.set(spare.subarray(0, kept), end);
  return end;
}
