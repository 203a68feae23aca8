// Trees as one ai.onnx.ml TreeEnsemble node (opset 5), in double so that sums over hundreds of trees stay exact enough.
import type { Tree } from '../trees/tree.ts';
import type { Graph } from './graph.ts';

const LESS_OR_EQUAL = 0;
const MEMBER = 6;
/** No number is at or below it: an empty set, which onnxruntime refuses (only missing goes left). */
const BELOW_ALL = -Number.MAX_VALUE;

/** Output name of [rows, 1]: the sum of the trees' leaf values for the double tensor `input` [rows, columns]. */
export function treeSum(graph: Graph, input: string, trees: readonly Tree[]): string {
  const table = new EnsembleTable();
  for (const tree of trees) table.add(tree);
  return graph.node('TreeEnsemble', [input], table.attributes(), undefined, 'ai.onnx.ml');
}

/** Inner nodes and leaves are numbered apart; a set is a stretch of `members` closed by NaN, in the order of the member nodes. */
class EnsembleTable {
  private readonly features: number[] = [];
  private readonly splits: number[] = [];
  private readonly modes: number[] = [];
  private readonly missing: number[] = [];
  private readonly children = { true: [] as number[], false: [] as number[] };
  private readonly isLeaf = { true: [] as number[], false: [] as number[] };
  private readonly roots: number[] = [];
  private readonly weights: number[] = [];
  private readonly members: number[] = [];

  add(tree: Tree): void {
    const inner = new Map<number, number>();
    tree.feature.forEach((column, node) => {
      if (column >= 0) inner.set(node, this.features.length + inner.size);
    });
    this.roots.push(this.features.length);
    if (inner.size === 0) {
      this.addNode(0, 0, null, 0);
      this.link('true', this.addLeaf(tree.value[0]), 1);
      this.link('false', this.addLeaf(tree.value[0]), 1);
    }
    for (const node of inner.keys()) {
      this.addNode(tree.feature[node], tree.threshold[node], tree.levels[node], tree.missing_left[node]);
      for (const [side, child] of [
        ['true', tree.left[node]],
        ['false', tree.right[node]],
      ] as const) {
        const index = inner.get(child);
        if (index === undefined) this.link(side, this.addLeaf(tree.value[child]), 1);
        else this.link(side, index, 0);
      }
    }
  }

  private addNode(feature: number, threshold: number, levels: readonly number[] | null, missingLeft: number): void {
    this.features.push(feature);
    this.missing.push(missingLeft);
    if (levels === null || levels.length === 0) {
      this.modes.push(LESS_OR_EQUAL);
      this.splits.push(levels === null ? threshold : BELOW_ALL);
    } else {
      this.modes.push(MEMBER);
      this.splits.push(0);
      this.members.push(...levels, Number.NaN);
    }
  }

  private addLeaf(value: number): number {
    return this.weights.push(value) - 1;
  }

  private link(side: 'true' | 'false', index: number, leaf: number): void {
    this.children[side].push(index);
    this.isLeaf[side].push(leaf);
  }

  attributes() {
    const doubles = (values: readonly number[]) => ({ dims: [values.length], data: Float64Array.from(values) });
    return {
      aggregate_function: 1,
      leaf_targetids: this.weights.map(() => 0),
      leaf_weights: doubles(this.weights),
      ...(this.members.length > 0 ? { membership_values: doubles(this.members) } : {}),
      n_targets: 1,
      nodes_falseleafs: this.isLeaf.false,
      nodes_falsenodeids: this.children.false,
      nodes_featureids: this.features,
      nodes_missing_value_tracks_true: this.missing,
      nodes_modes: { dims: [this.modes.length], data: Uint8Array.from(this.modes) },
      nodes_splits: doubles(this.splits),
      nodes_trueleafs: this.isLeaf.true,
      nodes_truenodeids: this.children.true,
      post_transform: 0,
      tree_roots: this.roots,
    };
  }
}
