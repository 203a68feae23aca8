// The best split of one column at one node, from its histogram of gradients and hessians.

/** What split search regularises by (Chen & Guestrin 2016, eq. 6-7; categories: Ke et al. 2017 and LightGBM's cat_smooth, cat_l2). */
export interface SplitRules {
  readonly l2: number;
  readonly minGain: number;
  readonly minChildWeight: number;
  readonly categorySmoothing: number;
  readonly categoryL2: number;
  readonly categoryMinWeight: number;
  readonly categoryMaxLevels: number;
}

/** Sums of a node in real units, and the range that monotone constraints leave to its leaves. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly lower: number;
  readonly upper: number;
}

/** The better side of a split; rows of bins in it go left. */
export interface Split {
  gain: number;
  /** Numeric: bins 1..bin go left. Category: unused. */
  bin: number;
  /** Category: bins that go left. */
  set: number[] | null;
  missingLeft: boolean;
  leftGradient: number;
  leftHessian: number;
}

/** Newton step of a leaf, kept in the node's range. */
export function leafWeight(gradient: number, hessian: number, l2: number, lower: number, upper: number): number {
  const weight = hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
  return weight < lower ? lower : weight > upper ? upper : weight;
}

/** Loss reduction of a leaf with that weight; gradient^2 / (2 (hessian + l2)) when the weight is free. */
export function leafGain(gradient: number, hessian: number, l2: number, weight: number): number {
  return -(gradient * weight + 0.5 * (hessian + l2) * weight * weight);
}

/**
 * Scans the cuts of a numeric column, missing rows (bin 0) tried on both sides; improves `best` in place and says whether it did.
 * `g[at + bin]`, `h[at + bin]` are the sums; ties keep the lower bin, then missing right.
 */
export function scanNumeric(
  g: Float64Array,
  h: Float64Array,
  at: number,
  bins: number,
  node: NodeSums,
  rules: SplitRules,
  direction: number,
  best: Split,
): boolean {
  const missingG = g[at];
  const missingH = h[at];
  const before = best.gain;
  const parent = leafGainOf(node.gradient, node.hessian, node, rules.l2);
  let sumG = 0;
  let sumH = 0;
  for (let bin = 1; bin < bins; bin += 1) {
    const binH = h[at + bin];
    if (binH === 0) continue;
    sumG += g[at + bin];
    sumH += binH;
    for (let side = 0; side < (missingH > 0 ? 2 : 1); side += 1) {
      const leftG = side === 0 ? sumG : sumG + missingG;
      const leftH = side === 0 ? sumH : sumH + missingH;
      const rightH = node.hessian - leftH;
      if (leftH < rules.minChildWeight || rightH < rules.minChildWeight || leftH <= 0 || rightH <= 0) continue;
      const gain = gainOf(leftG, leftH, node, rules.l2, direction) - parent;
      if (gain <= best.gain) continue;
      best.gain = gain;
      best.bin = bin;
      best.set = null;
      best.missingLeft = missingH > 0 ? side === 1 : leftH >= rightH;
      best.leftGradient = leftG;
      best.leftHessian = leftH;
    }
  }
  return best.gain > before;
}

function leafGainOf(gradient: number, hessian: number, node: NodeSums, l2: number): number {
  return leafGain(gradient, hessian, l2, leafWeight(gradient, hessian, l2, node.lower, node.upper));
}

/** Gain of both children; -Infinity when their weights contradict the monotone direction. */
function gainOf(leftG: number, leftH: number, node: NodeSums, l2: number, direction: number): number {
  const rightG = node.gradient - leftG;
  const rightH = node.hessian - leftH;
  const left = leafWeight(leftG, leftH, l2, node.lower, node.upper);
  const right = leafWeight(rightG, rightH, l2, node.lower, node.upper);
  if (direction !== 0 && direction * (right - left) < 0) return -Infinity;
  return leafGain(leftG, leftH, l2, left) + leafGain(rightG, rightH, l2, right);
}

/**
 * Scans prefixes, from either end, of a category's levels sorted by gradient / (hessian + smoothing). The smaller side (in levels)
 * is the set that goes left; the missing bin joins as a level of its own would, but is stored as the missing direction.
 */
export function scanCategory(
  g: Float64Array,
  h: Float64Array,
  at: number,
  bins: number,
  node: NodeSums,
  rules: SplitRules,
  best: Split,
): boolean {
  const before = best.gain;
  const l2 = rules.l2 + rules.categoryL2;
  const parent = leafGainOf(node.gradient, node.hessian, node, rules.l2);
  const order: number[] = [];
  for (let bin = 0; bin < bins; bin += 1)
    if (h[at + bin] > 0 && h[at + bin] >= rules.categoryMinWeight) order.push(bin);
  const key = (bin: number) => g[at + bin] / (h[at + bin] + rules.categorySmoothing);
  order.sort((a, b) => key(a) - key(b) || a - b);
  const most = Math.min(rules.categoryMaxLevels, (order.length + 1) >> 1);
  for (const fromEnd of [false, true]) {
    let leftG = 0;
    let leftH = 0;
    for (let taken = 1; taken <= most && taken < order.length + (node.hessian > 0 ? 1 : 0); taken += 1) {
      const bin = order[fromEnd ? order.length - taken : taken - 1];
      leftG += g[at + bin];
      leftH += h[at + bin];
      const rightH = node.hessian - leftH;
      if (leftH < rules.minChildWeight || rightH < rules.minChildWeight || rightH <= 0) continue;
      const gain = gainOf(leftG, leftH, node, l2, 0) - parent;
      if (gain <= best.gain) continue;
      const set = fromEnd ? order.slice(order.length - taken) : order.slice(0, taken);
      best.gain = gain;
      best.bin = 0;
      best.missingLeft = set.includes(0) || (h[at] === 0 && false);
      best.set = set.filter((each) => each > 0).sort((a, b) => a - b);
      best.leftGradient = leftG;
      best.leftHessian = leftH;
    }
  }
  return best.gain > before;
}
