import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical.ts';
import { chooseThreshold, EvaluationInputError, evaluate, evaluationSchema } from './evaluate.ts';
import { generateRows } from './fixtures/rows.ts';

function inputOf(rows: number, seed = 1) {
  const data = generateRows(rows, seed);
  const codes = Uint8Array.from(data.labels, () => Math.floor(data.random() ** 3 * 4));
  const slices = { gender: { codes, levels: ['Female', 'Male', 'Unknown', 'Rare', 'Absent'] } };
  const { labels, groups, truth: probabilities } = data;
  return { labels, groups, probabilities, slices, threshold: 0.2, resamples: 200, seed: 7 };
}

describe('an evaluation', () => {
  const input = inputOf(3000);
  const evaluation = evaluate(input);

  it('is JSON that readers parse back, the same for the same seed', () => {
    const text = canonicalJson(evaluation);
    expect(evaluationSchema.parse(JSON.parse(text))).toEqual(evaluation);
    expect(canonicalJson(evaluate(input))).toBe(text);
    expect(canonicalJson(evaluate({ ...input, seed: 8 }))).not.toBe(text);
  });

  it('does not depend on the order of rows', () => {
    const order = Array.from(input.labels.keys()).sort((a, b) => ((a * 7919) % 3001) - ((b * 7919) % 3001));
    const shuffled = evaluate({
      ...input,
      labels: Uint8Array.from(order, (row) => input.labels[row]),
      groups: Float64Array.from(order, (row) => input.groups[row]),
      probabilities: Float64Array.from(order, (row) => input.probabilities[row]),
      slices: {
        gender: { ...input.slices.gender, codes: Uint8Array.from(order, (row) => input.slices.gender.codes[row]) },
      },
    });
    expect(shuffled.metrics.auroc).toEqual(evaluation.metrics.auroc);
    expect(shuffled.metrics.log_loss.high).toBeCloseTo(evaluation.metrics.log_loss.high ?? Number.NaN, 12);
    expect(shuffled.slices.gender?.[1]?.metrics.auroc).toEqual(evaluation.slices.gender?.[1]?.metrics.auroc);
  });

  it('has every interval around its value', () => {
    for (const [name, { value, low, high }] of Object.entries(evaluation.metrics)) {
      expect(low, name).toBeLessThan(value ?? Number.NaN);
      expect(high, name).toBeGreaterThan(value ?? Number.NaN);
    }
  });

  it('knows levels by name, leaves out those without rows, and measures a level as if it stood alone', () => {
    const levels = evaluation.slices.gender ?? [];
    expect(levels.map(({ level }) => level)).toEqual(['Female', 'Male', 'Unknown', 'Rare']);
    expect(levels.reduce((sum, { rows }) => sum + rows, 0)).toBe(3000);
    const mine = Array.from(input.labels.keys()).filter((row) => input.slices.gender.codes[row] === 1);
    const alone = evaluate({
      ...input,
      labels: Uint8Array.from(mine, (row) => input.labels[row]),
      groups: Float64Array.from(mine, (row) => input.groups[row]),
      probabilities: Float64Array.from(mine, (row) => input.probabilities[row]),
      slices: {},
      resamples: 0,
    });
    for (const name of ['auroc', 'auprc', 'log_loss', 'brier', 'recall'] as const) {
      expect(levels[1]?.metrics[name].value).toBeCloseTo(alone.metrics[name].value ?? Number.NaN, 12);
    }
    expect(alone.metrics.auroc).toMatchObject({ low: null, reason: 'no resamples were asked for' });
  });

  it('draws curves with at most 200 points from corner to corner', () => {
    const { roc, precision_recall, calibration } = evaluation.curves;
    for (const curve of [roc, precision_recall]) {
      expect(curve.length).toBeLessThanOrEqual(200);
      expect(curve.length).toBeGreaterThan(150);
    }
    expect([roc[0], roc.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(precision_recall.at(-1)?.[0]).toBe(1);
    const area = roc.slice(1).reduce((sum, [x, y], i) => sum + ((x - roc[i][0]) * (y + roc[i][1])) / 2, 0);
    expect(area).toBeCloseTo(evaluation.metrics.auroc.value ?? Number.NaN, 2);
    expect(calibration).toHaveLength(10);
  });

  it('has a reliability table whose bins give the calibration error', () => {
    const gap = evaluation.reliability.map(
      (bin) => bin.rows * Math.abs(bin.mean_predicted - (bin.observed.value ?? 0)),
    );
    expect(gap.reduce((sum, x) => sum + x, 0) / 3000).toBeCloseTo(evaluation.ece_plug_in ?? Number.NaN, 12);
    expect(evaluation.reliability.map((bin) => bin.rows)).toEqual(new Array(10).fill(300));
  });
});

describe('what cannot be measured', () => {
  it('is null with the reason, never NaN: one class, nothing above the threshold, tiny levels', () => {
    const base = inputOf(400);
    const none = evaluate({ ...base, labels: new Uint8Array(400), threshold: 1 });
    expect(none.metrics.auroc).toEqual({ value: null, low: null, high: null, reason: 'all rows are of one class' });
    expect(none.metrics.auprc.reason).toBe('no row is positive');
    expect(none.metrics.precision.reason).toBe('no row is at or above the threshold');
    expect(none.metrics.log_loss.value).toBeGreaterThan(0);
    expect(none.curves.roc).toEqual([]);
    expect(none.slices.gender?.[0]?.metrics.auroc.reason).toBe('fewer than 10 positive rows');
    const few = evaluate({
      ...base,
      slices: { one: { codes: new Uint8Array(400).fill(1, 0, 20), levels: ['x', 'few'] } },
    });
    expect(few.slices.one?.[1]?.metrics.brier.reason).toBe('fewer than 50 rows');
    const all = evaluate({ ...base, labels: new Uint8Array(400).fill(1) });
    expect(all.metrics.auroc.value).toBeNull();
    expect(all.metrics.auprc.value).toBe(1);
  });

  it('any small input gives finite JSON', () => {
    const row = fc.record({
      label: fc.nat(1),
      p: fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
      patient: fc.nat(5),
      code: fc.nat(2),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 80 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, threshold) => {
          const evaluation = evaluate({
            labels: Uint8Array.from(rows, ({ label }) => label),
            probabilities: Float64Array.from(rows, ({ p }) => p),
            groups: Float64Array.from(rows, ({ patient }) => patient),
            slices: { s: { codes: Uint16Array.from(rows, ({ code }) => code), levels: ['a', 'b', 'c'] } },
            threshold,
            resamples: 20,
            seed: 1,
          });
          expect(() => evaluationSchema.parse(JSON.parse(canonicalJson(evaluation)))).not.toThrow();
        },
      ),
    );
  });

  it('a constant model is worth nothing, exactly', () => {
    const input = inputOf(500);
    const { metrics, prevalence } = evaluate({
      ...input,
      probabilities: new Float64Array(500).fill(0.1),
      threshold: 0.1,
    });
    expect(metrics.auroc).toMatchObject({ value: 0.5, low: 0.5, high: 0.5 });
    expect(metrics.auprc.value).toBeCloseTo(prevalence, 15);
    expect(metrics.flagged_share.value).toBe(1);
  });

  it.each([
    ['no rows', { labels: new Uint8Array() }],
    ['label 2', { labels: Uint8Array.of(0, 1, 2) }],
    ['probability NaN', { probabilities: Float64Array.of(0.1, Number.NaN, 0.2) }],
    ['2 probabilities', { probabilities: Float64Array.of(0.1, 0.2) }],
    ['slice s: code 3', { slices: { s: { codes: Uint8Array.of(0, 3, 1), levels: ['a', 'b'] } } }],
    ['slice s: 1 codes', { slices: { s: { codes: Uint8Array.of(0), levels: ['a', 'b'] } } }],
  ])('an input error names what is wrong: %s', (message, wrong) => {
    const right = {
      labels: Uint8Array.of(0, 1, 0),
      probabilities: Float64Array.of(0.1, 0.2, 0.3),
      groups: Float64Array.of(1, 2, 3),
      slices: {},
      threshold: 0.2,
      resamples: 0,
      seed: 1,
    };
    expect(() => evaluate({ ...right, ...wrong })).toThrow(EvaluationInputError);
    expect(() => evaluate({ ...right, ...wrong })).toThrow(message);
  });
});

describe('the threshold', () => {
  it('flags the wanted share of distinct probabilities, and all rows that tie with the last one', () => {
    const distinct = Float64Array.from({ length: 1000 }, (_, i) => ((i * 7) % 1000) / 1000);
    expect(chooseThreshold(distinct)).toEqual({ policy: 'top_share', share: 0.1, value: 0.9 });
    expect(chooseThreshold(new Float64Array(50).fill(0.11)).value).toBe(0.11);
    expect(chooseThreshold(Float64Array.of(0.3, 0.1), 0.01).value).toBe(0.3);
    expect(() => chooseThreshold(new Float64Array())).toThrow(EvaluationInputError);
    expect(() => chooseThreshold(distinct, 0)).toThrow(EvaluationInputError);
  });
});
