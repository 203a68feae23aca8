// Exact path-dependent SHAP values of tree ensembles, in time linear in the number of nodes.

import { goesLeft, type Tree } from '../trees/tree.ts';
import { prepareTreePaths } from './tree-paths.ts';

export interface TreeShap {
  /** Mean of the trees' sum over the training rows. */
  readonly expected: number;
  /** Adds the row's SHAP value of each feature to `out`; they sum to the trees' sum less `expected`. Allocates nothing. */
  add(values: Float32Array, offset: number, out: Float64Array): void;
}

/**
 * The values defined by Lundberg et al. 2018 ("Consistent Individualized Feature Attribution for Tree Ensembles", TreeSHAP,
 * algorithm 2), computed otherwise. A leaf's game is a product over the features of its path: feature j brings o_j (1 if the
 * row meets the path's conditions on it, else 0) when it is known, and z_j (the share of training rows that meet them)
 * when it is not. The Shapley weight |S|!(d-|S|-1)!/d! is the integral over t in 0..1 of t^|S| (1-t)^(d-|S|-1), hence
 *
 *   value of i = v (o_i - z_i) * integral of product over j != i of (t o_j + (1 - t) z_j) dt,
 *
 * a polynomial, which Gauss-Legendre quadrature integrates exactly. The product over all features of the path is carried
 * down the tree, and what the leaves below sum to is carried up (as in Linear TreeSHAP, Yu et al. 2022): each edge is
 * visited twice. With u = t + (1 - t) z, taking feature i out of the product and weighing it by (o_i - z_i) is a factor
 * (o_i / u - 1) / (1 - t); where an edge replaces an earlier one on the same feature, the difference of the two counts.
 */
export function prepareTreeShap(trees: readonly Tree[]): TreeShap {
  const paths = prepareTreePaths(trees);
  const width = paths.quadrature.nodes.length;
  const start = paths.quadrature.weights.map((weight, q) => weight / (1 - paths.quadrature.nodes[q]));
  const unknown = paths.quadrature.nodes.map((t) => 1 - t);
  // Of the nodes of one tree at a time, `width` numbers a node where the quadrature counts.
  const left = new Uint8Array(paths.largest);
  const met = new Uint8Array(paths.largest);
  const product = new Float64Array(paths.largest * width);
  const ratio = new Float64Array(paths.largest * width).fill(1, 0, width); // o / u; 1 at the root, which knows nothing
  const below = new Float64Array(paths.largest * width);
  product.set(start);
  met[0] = 1;

  function add(values: Float32Array, offset: number, out: Float64Array): void {
    const { flat, ends, parent, isLeft, same, share, reach, inverse, column, quadrature } = paths;
    const { roots, feature, value } = flat;
    const { nodes: t } = quadrature;
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree];
      const end = ends[tree];
      below.fill(0, 0, width);
      left[0] = feature[root] >= 0 && goesLeft(flat, root, values[offset + feature[root]]) ? 1 : 0;
      for (let node = root + 1; node < end; node++) {
        const at = node - root;
        const above = parent[node] - root;
        const before = same[node] - root;
        const meets = met[before] & (left[above] ^ isLeft[node] ^ 1);
        met[at] = meets;
        // An earlier condition on the feature that is not met leaves ratio 0: then only the share counts.
        const missed = met[before] === 1 ? 0 : share[node];
        const tested = feature[node];
        const leaf = tested < 0 ? value[node] : 0;
        if (tested >= 0) left[at] = goesLeft(flat, node, values[offset + tested]) ? 1 : 0;
        for (let q = 0; q < width; q++) {
          const u = unknown[q] * reach[node] + t[q] * meets;
          const carried = product[above * width + q] * (u * ratio[before * width + q] + missed);
          product[at * width + q] = carried;
          ratio[at * width + q] = meets * inverse[node * width + q];
          below[at * width + q] = leaf * carried;
        }
      }
      for (let node = end - 1; node > root; node--) {
        const at = (node - root) * width;
        const above = (parent[node] - root) * width;
        const before = (same[node] - root) * width;
        let change = 0;
        for (let q = 0; q < width; q++) {
          const sum = below[at + q];
          below[above + q] += sum;
          change += sum * (ratio[at + q] - ratio[before + q]);
        }
        out[column[node]] += change;
      }
    }
  }

  return { expected: paths.expected, add };
}
