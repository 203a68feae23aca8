// What SHAP values of trees need that does not depend on the row, computed once a model.

import { type FlatTrees, flattenTrees, type Tree } from '../trees/tree.ts';
import { gaussLegendre, type Quadrature } from './quadrature.ts';

/** Beside each node of the flattened trees. A node stands for the edge from its parent; roots count as their own parents. */
export interface TreePaths {
  readonly flat: FlatTrees;
  /** Node after the last one of each tree. */
  readonly ends: Int32Array;
  readonly parent: Int32Array;
  /** Feature that the parent tests. */
  readonly column: Int32Array;
  /** 1 where the node is its parent's left child. */
  readonly isLeft: Uint8Array;
  /** The nearest node above whose edge tests the same feature; the root if there is none. */
  readonly same: Int32Array;
  /** Share of the parent's training rows that reach the node. */
  readonly share: Float64Array;
  /** Product of the shares of this edge and of all above it that test the same feature. */
  readonly reach: Float64Array;
  /** 1 / (t + (1 - t) reach) for each quadrature node t: `inverse[node * t.length + q]`. */
  readonly inverse: Float64Array;
  readonly quadrature: Quadrature;
  /** Mean of the trees' sum over the training rows, by cover. */
  readonly expected: number;
  /** Nodes of the largest tree. */
  readonly largest: number;
}

export function prepareTreePaths(trees: readonly Tree[]): TreePaths {
  const flat = flattenTrees(trees);
  const nodes = flat.feature.length;
  const ends = Int32Array.from(trees, (tree, i) => flat.roots[i] + tree.feature.length);
  const parent = Int32Array.from(flat.feature.keys());
  const isLeft = new Uint8Array(nodes);
  const same = new Int32Array(nodes);
  const share = new Float64Array(nodes).fill(1);
  const reach = new Float64Array(nodes).fill(1);
  const distinct = new Int32Array(nodes);
  const arriving = new Float64Array(nodes).fill(1);
  let expected = 0;
  let most = 1;
  for (const [i, tree] of trees.entries()) {
    const root = flat.roots[i];
    same[root] = root;
    for (let node = root; node < ends[i]; node++) {
      if (node > root) {
        const above = parent[node];
        share[node] = shareOf(tree, node - root, above - root);
        same[node] = nearestOfSameFeature(flat, parent, above, root);
        reach[node] = share[node] * reach[same[node]];
        distinct[node] = distinct[above] + (same[node] === root ? 1 : 0);
        arriving[node] = arriving[above] * share[node];
        most = Math.max(most, distinct[node]);
      }
      if (flat.feature[node] < 0) expected += arriving[node] * flat.value[node];
      else {
        parent[flat.left[node]] = node;
        parent[flat.right[node]] = node;
        isLeft[flat.left[node]] = 1;
      }
    }
  }
  const quadrature = gaussLegendre(Math.ceil(most / 2));
  const points = quadrature.nodes.length;
  const inverse = new Float64Array(nodes * points);
  for (let node = 0; node < nodes; node++) {
    for (let q = 0; q < points; q++) {
      const t = quadrature.nodes[q];
      inverse[node * points + q] = 1 / (t + (1 - t) * reach[node]);
    }
  }
  const largest = ends.reduce((size, end, i) => Math.max(size, end - flat.roots[i]), 0);
  const column = parent.map((above) => flat.feature[above]);
  return { flat, ends, parent, column, isLeft, same, share, reach, inverse, quadrature, expected, largest };
}

function shareOf(tree: Tree, node: number, above: number): number {
  // Of the children rather than of the parent: covers are rounded, and shares have to sum to 1.
  const whole = tree.cover[tree.left[above]] + tree.cover[tree.right[above]];
  // No training row came here, so no share is more right than another.
  return whole > 0 ? tree.cover[node] / whole : 0.5;
}

/** Climbs from the node `above`, whose feature is the edge's, to the edge of that feature over it. */
function nearestOfSameFeature(flat: FlatTrees, parent: Int32Array, above: number, root: number): number {
  for (let node = above; node !== root; node = parent[node]) {
    if (flat.feature[parent[node]] === flat.feature[above]) return node;
  }
  return root;
}
