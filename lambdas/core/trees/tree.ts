// One decision tree as columns, a node an index; what models store, scores walk, ONNX and SHAP read.

/**
 * Node 0 is the root; children come after their parent. A row at an inner node goes left when its value is missing (NaN)
 * and `missing_left` is 1, else when `levels` is null and value <= threshold, else when `levels` holds the value.
 * A level that no node names (unseen in training) is in no set and so goes right.
 */
export interface Tree {
  /** Column tested by the node; -1 at a leaf. */
  readonly feature: readonly number[];
  /** float32-exact; 0 where it has no meaning. */
  readonly threshold: readonly number[];
  /** Level set (ascending) of a category split; null at numeric splits and leaves. */
  readonly levels: readonly (readonly number[] | null)[];
  readonly missing_left: readonly number[];
  /** Child indices; 0 at a leaf. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Leaf value, float32-exact: log-odds in boosting, a probability in a forest; 0 at inner nodes. */
  readonly value: readonly number[];
  /** Weight of training rows that reached the node (boosting: sum of hessians; forest: rows). What SHAP weighs paths by. */
  readonly cover: readonly number[];
  /** Loss reduction of the split; 0 at a leaf. */
  readonly gain: readonly number[];
}

/** Many trees in flat arrays, for walking quickly. */
export interface FlatTrees {
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** Start of the node's level bits in `bits`; -1 when numeric. */
  readonly set: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  /** 256 level bits (8 words) a category node. */
  readonly bits: Uint32Array;
}

const WORDS = 8;
/** Levels a category may have: indices 0 .. MAX_LEVELS - 1. */
export const MAX_LEVELS = WORDS * 32;

export function flattenTrees(trees: readonly Tree[]): FlatTrees {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const sets = trees.reduce((sum, tree) => sum + tree.levels.filter((levels) => levels !== null).length, 0);
  const flat = {
    roots: new Int32Array(trees.length),
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    set: new Int32Array(nodes).fill(-1),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
    bits: new Uint32Array(sets * WORDS),
  };
  let start = 0;
  let set = 0;
  trees.forEach((tree, index) => {
    flat.roots[index] = start;
    flat.feature.set(tree.feature, start);
    flat.threshold.set(tree.threshold, start);
    flat.missingLeft.set(tree.missing_left, start);
    flat.value.set(tree.value, start);
    for (let node = 0; node < tree.feature.length; node += 1) {
      flat.left[start + node] = start + tree.left[node];
      flat.right[start + node] = start + tree.right[node];
      const levels = tree.levels[node];
      if (levels === null) continue;
      flat.set[start + node] = set;
      for (const level of levels) flat.bits[set + (level >>> 5)] |= 1 << (level & 31);
      set += WORDS;
    }
    start += tree.feature.length;
  });
  return flat;
}

/** Where a row whose tested feature is x goes from an inner node; NaN is missing. */
export function goesLeft(flat: FlatTrees, node: number, x: number): boolean {
  if (Number.isNaN(x)) return flat.missingLeft[node] === 1;
  const set = flat.set[node];
  if (set < 0) return x <= flat.threshold[node];
  return x >= 0 && x < MAX_LEVELS && x === Math.floor(x) && ((flat.bits[set + (x >>> 5)] >>> (x & 31)) & 1) === 1;
}

/** Adds the leaf values of every tree, in order, to `start`; `values[offset + column]` are the row's features. */
export function sumTrees(flat: FlatTrees, values: Float32Array, offset: number, start: number): number {
  const { feature, left, right, value, roots } = flat;
  let sum = start;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree];
    for (let column = feature[node]; column >= 0; column = feature[node]) {
      node = goesLeft(flat, node, values[offset + column]) ? left[node] : right[node];
    }
    sum += value[node];
  }
  return sum;
}
