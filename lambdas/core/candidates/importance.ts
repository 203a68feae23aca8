// Feature importance: each feature's share of what the model gains or moves by it.
import type { Tree } from '../trees/tree.ts';

export interface Importance {
  readonly feature: string;
  /** 0..1; the shares of all features sum to 1 (or are all 0 in a model that uses none). */
  readonly share: number;
}

/** By the loss reduction of the splits on each feature, highest first. */
export function gainShares(names: readonly string[], trees: readonly Tree[]): Importance[] {
  const gains = new Float64Array(names.length);
  for (const tree of trees) {
    for (const [node, column] of tree.feature.entries()) if (column >= 0) gains[column] += tree.gain[node];
  }
  return shares(names, gains);
}

export function shares(names: readonly string[], amounts: Float64Array): Importance[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return names
    .map((feature, column) => ({ feature, share: total > 0 ? amounts[column] / total : 0 }))
    .sort((a, b) => b.share - a.share || (a.feature < b.feature ? -1 : 1));
}
