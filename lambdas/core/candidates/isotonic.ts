// Isotonic regression by pooling adjacent violators (Zadrozny & Elkan 2002), joined by lines so that scores keep their order.

/** Probabilities are kept this far from 0 and 1: a pool of negatives does not make readmission impossible. */
const FLOOR = 1e-3;

interface Pool {
  rows: number;
  positives: number;
  marginSum: number;
}

/** Ascending float32-exact points of margin and probability, or null when there are fewer than two different ones. */
export function fitIsotonic(
  margins: Float64Array,
  labels: Uint8Array,
): { margins: number[]; probabilities: number[] } | null {
  const order = Uint32Array.from(margins.keys()).sort((a, b) => margins[a] - margins[b] || a - b);
  const pools: Pool[] = [];
  for (const row of order) {
    pools.push({ rows: 1, positives: labels[row], marginSum: margins[row] });
    while (pools.length > 1 && rate(pools[pools.length - 2]) >= rate(pools[pools.length - 1])) merge(pools);
  }
  const points: { margin: number; probability: number }[] = [];
  for (const pool of pools) {
    const margin = Math.fround(pool.marginSum / pool.rows);
    const probability = Math.fround(Math.min(1 - FLOOR, Math.max(FLOOR, rate(pool))));
    const last = points.at(-1);
    if (last === undefined || margin > last.margin) points.push({ margin, probability });
    else last.probability = Math.max(last.probability, probability);
  }
  if (points.length < 2) return null;
  return { margins: points.map(({ margin }) => margin), probabilities: points.map(({ probability }) => probability) };
}

function rate(pool: Pool): number {
  return pool.positives / pool.rows;
}

function merge(pools: Pool[]): void {
  const last = pools.pop();
  const into = pools.at(-1);
  if (last === undefined || into === undefined) return;
  into.rows += last.rows;
  into.positives += last.positives;
  into.marginSum += last.marginSum;
}
