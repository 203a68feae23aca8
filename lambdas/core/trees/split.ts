// The best split of one column at one node, from its histogram of gradients and hessians.

/**
 * What split search regularises by (Chen & Guestrin 2016, eq. 6-7; categories: Ke et al. 2017, LightGBM's cat_smooth and cat_l2).
 * Rules and sums share one unit, whatever it is: boosting scans integers.
 */
export interface SplitRules {
  readonly l2: number;
  readonly minGain: number;
  readonly minChildWeight: number;
  readonly categorySmoothing: number;
  readonly categoryL2: number;
  readonly categoryMinWeight: number;
  readonly categoryMaxLevels: number;
}

/** Sums of a node, and the range that monotone constraints leave to the weights of its leaves. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly lower: number;
  readonly upper: number;
}

/** The best split so far; scans improve it in place. */
export interface Split {
  gain: number;
  /** Numeric: bins 1..bin go left. Category: unused. */
  bin: number;
  /** Category: bins (>= 1, ascending) that go left, missing apart; null = numeric. */
  set: number[] | null;
  missingLeft: boolean;
  leftGradient: number;
  leftHessian: number;
}

/** A start for scans: only a gain above `minGain` is a split. */
export function noSplit(minGain: number): Split {
  return { gain: minGain, bin: 0, set: null, missingLeft: false, leftGradient: 0, leftHessian: 0 };
}

/** Newton step of a leaf, kept in the node's range. */
export function leafWeight(gradient: number, hessian: number, l2: number, lower: number, upper: number): number {
  const weight = hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
  return weight < lower ? lower : weight > upper ? upper : weight;
}

/** Loss reduction of a leaf with that weight; gradient^2 / (2 (hessian + l2)) when the weight is free. */
function leafGain(gradient: number, hessian: number, l2: number, weight: number): number {
  return -(gradient * weight + 0.5 * (hessian + l2) * weight * weight);
}

/** Loss reduction of both children; -Infinity when their weights contradict the monotone direction. */
function childrenGain(leftG: number, leftH: number, node: NodeSums, l2: number, direction: number): number {
  const rightG = node.gradient - leftG;
  const rightH = node.hessian - leftH;
  if (direction === 0 && node.lower === -Infinity && node.upper === Infinity) {
    return 0.5 * ((leftG * leftG) / (leftH + l2) + (rightG * rightG) / (rightH + l2));
  }
  const left = leafWeight(leftG, leftH, l2, node.lower, node.upper);
  const right = leafWeight(rightG, rightH, l2, node.lower, node.upper);
  if (direction * (right - left) < 0) return -Infinity;
  return leafGain(leftG, leftH, l2, left) + leafGain(rightG, rightH, l2, right);
}

function nodeGain({ gradient, hessian, lower, upper }: NodeSums, l2: number): number {
  return leafGain(gradient, hessian, l2, leafWeight(gradient, hessian, l2, lower, upper));
}

/**
 * Scans the cuts of a numeric column; missing rows (bin 0) are tried on both sides. Says whether it improved `best`.
 * `sums[g + bin]`, `sums[h + bin]` are the sums; ties keep the lower bin, then missing right.
 */
export function scanNumeric(
  sums: Float64Array,
  g: number,
  h: number,
  bins: number,
  node: NodeSums,
  rules: SplitRules,
  direction: number,
  best: Split,
): boolean {
  const { l2, minChildWeight } = rules;
  const parent = nodeGain(node, l2);
  const missingG = sums[g];
  const missingH = sums[h];
  let found = 0;
  let foundLeft = false;
  let most = best.gain + parent;
  let sumG = 0;
  let sumH = 0;
  for (let bin = 1; bin < bins; bin += 1) {
    const binH = sums[h + bin];
    if (binH === 0) continue;
    sumG += sums[g + bin];
    sumH += binH;
    if (node.hessian - sumH < minChildWeight) break;
    if (sumH >= minChildWeight && node.hessian > sumH) {
      const gain = childrenGain(sumG, sumH, node, l2, direction);
      if (gain > most) {
        most = gain;
        found = bin;
        foundLeft = false;
      }
    }
    const leftH = sumH + missingH;
    if (missingH === 0 || leftH < minChildWeight || node.hessian - leftH < minChildWeight || node.hessian <= leftH)
      continue;
    const gain = childrenGain(sumG + missingG, leftH, node, l2, direction);
    if (gain > most) {
      most = gain;
      found = bin;
      foundLeft = true;
    }
  }
  if (found === 0) return false;
  best.gain = most - parent;
  best.bin = found;
  best.set = null;
  best.leftGradient = foundLeft ? missingG : 0;
  best.leftHessian = foundLeft ? missingH : 0;
  for (let bin = 1; bin <= found; bin += 1) {
    best.leftGradient += sums[g + bin];
    best.leftHessian += sums[h + bin];
  }
  // Nothing was missing here: a missing value seen later takes the heavier side.
  best.missingLeft = missingH > 0 ? foundLeft : best.leftHessian * 2 >= node.hessian;
  return true;
}

const ORDER = new Uint16Array(256);
const KEY = new Float64Array(256);

/**
 * Scans prefixes, from either end, of a category's levels sorted by gradient / (hessian + smoothing); missing (bin 0) is sorted among
 * them. At most half of the levels form the set, so levels unseen in training go with the many. Says whether it improved `best`.
 */
export function scanCategory(
  sums: Float64Array,
  g: number,
  h: number,
  bins: number,
  node: NodeSums,
  rules: SplitRules,
  best: Split,
): boolean {
  const l2 = rules.l2 + rules.categoryL2;
  const parent = nodeGain(node, rules.l2);
  const levels = sortLevels(sums, g, h, bins, rules);
  const longest = Math.min(rules.categoryMaxLevels, (levels + 1) >> 1);
  let taken = 0;
  let fromEnd = false;
  let most = best.gain + parent;
  for (let end = 0; end < 2; end += 1) {
    let leftG = 0;
    let leftH = 0;
    for (let count = 1; count <= longest; count += 1) {
      const bin = ORDER[end === 0 ? count - 1 : levels - count];
      leftG += sums[g + bin];
      leftH += sums[h + bin];
      const rightH = node.hessian - leftH;
      if (rightH < rules.minChildWeight || rightH <= 0) break;
      if (leftH < rules.minChildWeight) continue;
      const gain = childrenGain(leftG, leftH, node, l2, 0);
      if (gain > most) {
        most = gain;
        taken = count;
        fromEnd = end === 1;
      }
    }
  }
  if (taken === 0) return false;
  const set = Array.from(fromEnd ? ORDER.subarray(levels - taken, levels) : ORDER.subarray(0, taken)).sort(
    (a, b) => a - b,
  );
  best.gain = most - parent;
  best.bin = 0;
  best.missingLeft = set[0] === 0;
  best.set = set.filter((bin) => bin > 0);
  best.leftGradient = set.reduce((sum, bin) => sum + sums[g + bin], 0);
  best.leftHessian = set.reduce((sum, bin) => sum + sums[h + bin], 0);
  return true;
}

/** Fills ORDER with the bins heavy enough, by ascending key, ties by bin; returns their number. Insertion sort: few are out of place. */
function sortLevels(sums: Float64Array, g: number, h: number, bins: number, rules: SplitRules): number {
  let levels = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const weight = sums[h + bin];
    if (weight === 0 || weight < rules.categoryMinWeight) continue;
    const key = sums[g + bin] / (weight + rules.categorySmoothing);
    let place = levels;
    for (; place > 0 && KEY[place - 1] > key; place -= 1) {
      KEY[place] = KEY[place - 1];
      ORDER[place] = ORDER[place - 1];
    }
    KEY[place] = key;
    ORDER[place] = bin;
    levels += 1;
  }
  return levels;
}
