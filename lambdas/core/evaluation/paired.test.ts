import { describe, expect, it } from 'vitest';
import { comparePaired, comparePairedSlices, evaluate } from './evaluate.ts';
import { generateRows } from './fixtures/rows.ts';

const rows = generateRows(4000, 5);
const { labels, groups } = rows;
const input = { labels, groups, a: rows.truth, b: rows.noisy(1), resamples: 500, seed: 3 };

describe('a paired comparison', () => {
  const paired = comparePaired(input);

  it('sees that the noisy model is worse, by every metric, with intervals on that side of zero', () => {
    const { auroc, auprc, log_loss, brier } = paired.metrics;
    for (const better of [auroc, auprc]) expect(better.difference.low).toBeGreaterThan(0);
    for (const lower of [log_loss, brier]) expect(lower.difference.high).toBeLessThan(0);
    expect(paired.identical).toBe(false);
  });

  it('is narrower than the intervals of the two models, and agrees with their evaluations', () => {
    const one = { labels, groups, slices: {}, threshold: 0.2, resamples: 500, seed: 3 };
    const a = evaluate({ ...one, probabilities: input.a }).metrics.auroc;
    const b = evaluate({ ...one, probabilities: input.b }).metrics.auroc;
    const { auroc } = paired.metrics;
    expect([auroc.a, auroc.b]).toEqual([a.value, b.value]);
    const width = (e: { low: number | null; high: number | null }) => (e.high ?? Number.NaN) - (e.low ?? Number.NaN);
    expect(width(auroc.difference)).toBeLessThan(Math.hypot(width(a), width(b)));
  });

  it('turns its sign with the order of the models, and is exactly zero for a model and itself', () => {
    const turned = comparePaired({ ...input, a: input.b, b: input.a });
    expect(turned.metrics.auroc.difference.low).toBe(-(paired.metrics.auroc.difference.high ?? Number.NaN));
    const self = comparePaired({ ...input, b: input.a });
    expect(self.identical).toBe(true);
    expect(self.metrics.log_loss.difference).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('has an AUROC interval like DeLong (1988) when each patient has one row', () => {
    const alone = Float64Array.from(labels.keys());
    const { auroc } = comparePaired({ ...input, groups: alone, resamples: 2000 }).metrics;
    const delong = delongDifference(labels, input.a, input.b);
    expect(auroc.difference.value).toBeCloseTo(delong.difference, 12);
    const deviation = ((auroc.difference.high ?? 0) - (auroc.difference.low ?? 0)) / (2 * 1.96);
    expect(deviation / delong.deviation).toBeGreaterThan(0.93);
    expect(deviation / delong.deviation).toBeLessThan(1.07);
  });
});

describe('paired differences by level', () => {
  it('are null with a reason for a level too small, and otherwise those of the level alone', () => {
    const codes = Uint8Array.from(labels, (_, row) => (row < 20 ? 0 : 1 + (row % 2)));
    const slices = { race: { codes, levels: ['tiny', 'odd', 'even'] } };
    const levels = comparePairedSlices({ ...input, slices }).race ?? [];
    expect(levels.map(({ level, rows }) => [level, rows])).toEqual([
      ['tiny', 20],
      ['odd', 1990],
      ['even', 1990],
    ]);
    expect(levels[0]?.auroc).toMatchObject({
      a: null,
      b: null,
      difference: { value: null, reason: 'fewer than 50 rows' },
    });
    const odd = (values: Float64Array) => values.filter((_, row) => codes[row] === 1);
    const alone = comparePaired({
      ...input,
      labels: labels.filter((_, row) => codes[row] === 1),
      groups: odd(groups),
      a: odd(input.a),
      b: odd(input.b),
      resamples: 0,
    });
    expect(levels[1]?.auroc.difference.value).toBe(alone.metrics.auroc.difference.value);
    expect(levels[1]?.auroc.difference.low).toBeLessThan(levels[1]?.auroc.difference.value ?? Number.NaN);
  });
});

/** DeLong, DeLong and Clarke-Pearson 1988: the AUROC difference and its standard deviation from placement values. */
function delongDifference(y: Uint8Array, a: Float64Array, b: Float64Array) {
  const positives = Array.from(y.keys()).filter((row) => y[row] === 1);
  const negatives = Array.from(y.keys()).filter((row) => y[row] === 0);
  const above = (p: Float64Array, x: number, z: number) => (p[x] > p[z] ? 1 : p[x] === p[z] ? 0.5 : 0);
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = (values: number[]) => {
    const centre = mean(values);
    return values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1);
  };
  const pair = (x: number, z: number) => above(a, x, z) - above(b, x, z);
  const byPositive = positives.map((x) => mean(negatives.map((z) => pair(x, z))));
  const byNegative = negatives.map((z) => mean(positives.map((x) => pair(x, z))));
  return {
    difference: mean(byPositive),
    deviation: Math.sqrt(variance(byPositive) / positives.length + variance(byNegative) / negatives.length),
  };
}
