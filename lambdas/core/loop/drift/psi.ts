// The population stability index of counts by level, and what chance alone makes of it for so many rows.
import { chiSquareQuantile, chiSquareTail } from './chi-square.ts';

export interface Shift {
  /** Sum over levels of (b - a) ln(b / a), shares of the window (b) and of the reference (a). */
  readonly psi: number;
  /** What PSI exceeds in 5 of 100 windows of this size that come from where the reference does. */
  readonly critical: number;
  /** Probability of a PSI as large or larger when nothing changed. */
  readonly p: number;
  /** Levels that were compared, after the rare ones were taken together. */
  readonly levels: number;
}

/** Levels that either side would expect fewer rows of are counted together: with them the distribution below fails. */
const LEAST_EXPECTED = 5;
/** Added to each count, so that a level that one side never held has a logarithm. */
const HALF = 0.5;

/**
 * Counts of the same levels in the same order. Where both come from one distribution, PSI / (1/n + 1/m) follows
 * chi-square with (levels - 1) degrees of freedom (Yurdakul & Naranjo 2020, Journal of Risk Model Validation 14(4)). Null
 * when a side has no rows or no two levels are frequent enough to be compared.
 */
export function populationStability(reference: readonly number[], current: readonly number[]): Shift | null {
  const m = sum(reference);
  const n = sum(current);
  if (m === 0 || n === 0) return null;
  const pairs = pooled(reference, current);
  if (pairs.length < 2) return null;
  const shareOf = (count: number, total: number) => (count + HALF) / (total + HALF * pairs.length);
  const psi = pairs.reduce((total, [before, now]) => {
    const a = shareOf(before, m);
    const b = shareOf(now, n);
    return total + (b - a) * Math.log(b / a);
  }, 0);
  const scale = 1 / m + 1 / n;
  const degrees = pairs.length - 1;
  return {
    psi,
    critical: scale * chiSquareQuantile(0.05, degrees),
    p: chiSquareTail(psi / scale, degrees),
    levels: pairs.length,
  };
}

/** [reference, current] by level, those together last that would be expected too seldom on the smaller side. */
function pooled(reference: readonly number[], current: readonly number[]): [number, number][] {
  const m = sum(reference);
  const n = sum(current);
  const least = Math.min(m, n);
  const kept: [number, number][] = [];
  const rare: [number, number] = [0, 0];
  for (const [level, before] of reference.entries()) {
    const now = current[level] ?? 0;
    const expected = (least * (before + now)) / (m + n);
    if (expected >= LEAST_EXPECTED) kept.push([before, now]);
    else {
      rare[0] += before;
      rare[1] += now;
    }
  }
  return rare[0] + rare[1] === 0 ? kept : [...kept, rare];
}

const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0);
