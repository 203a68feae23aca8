import { describe, expect, it } from 'vitest';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { generateRows } from '../evaluation/fixtures/rows.ts';
import { calibrate } from './calibration.ts';
import { fittableSchema } from './candidate.ts';
import { fitCandidate } from './fit.ts';
import { serializeModel } from './model.ts';
import { recalibrate } from './recalibration.ts';

/** A model that was right once: in the newest quarter half as many come as it says. */
const rows = 8000;
const { truth, groups, random } = generateRows(rows, 3);
const order = Float64Array.from(truth, (_, row) => row);
const labels = Uint8Array.from(truth, (p, row) => Number(random() < (row < 6000 ? p : p / 2)));
const margins = truth.map((p) => Math.log(p / (1 - p)));
const part = (from: number, step: number) => {
  const rows = Uint32Array.from(order.keys()).filter((row) => row % 10 >= from && row % 10 < from + step);
  return {
    margins: Float64Array.from(rows, (row) => margins[row]),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    order: Float64Array.from(rows, (row) => order[row]),
  };
};
const split = { fitted: part(0, 5), held: part(5, 5) };
const newest = [...order.keys()].slice(6000);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const observed = sum(newest.map((row) => labels[row]));

describe('recalibration on the newest rows', () => {
  it('by intercept, predicts as many as come now, learned from all newest rows', () => {
    const found = recalibrate(null, 'intercept', split, 0.25);
    expect(found?.facts).toEqual({ method: 'intercept', rows: 2000, positives: observed, since: 6000 });
    expect(sum(newest.map((row) => truth[row]))).toBeGreaterThan(1.7 * observed);
    const expected = sum(newest.map((row) => calibrate(found?.calibration ?? null, margins[row])));
    expect(expected / observed).toBeCloseTo(1, 5);
  });

  it.each(['slope', 'isotonic'] as const)('by %s, learns from the rows that were not fitted on alone', (method) => {
    const found = recalibrate(null, method, split, 0.25);
    expect(found?.facts).toMatchObject({ rows: 1000, since: 6005 });
    const shown = { ...split, fitted: { ...split.fitted, labels: split.fitted.labels.map(() => 1) } };
    expect(recalibrate(null, method, shown, 0.25)).toEqual(found);
    const expected = sum(newest.map((row) => calibrate(found?.calibration ?? null, margins[row])));
    expect(expected / observed).toBeGreaterThan(0.7);
    expect(expected / observed).toBeLessThan(1.3);
  });

  it('by intercept, keeps the spread of the calibration before it', () => {
    const base = { method: 'platt', slope: 0.8, intercept: -0.1 } as const;
    const { calibration } = recalibrate(base, 'intercept', split, 0.25) ?? {};
    expect(calibration).toMatchObject({ method: 'platt', slope: 0.8 });
  });

  it('does not move anything for rows so few that it would follow chance', () => {
    expect(recalibrate(null, 'intercept', split, 0.02)).toBeNull();
    const rare = (rows: typeof split.held) => ({
      ...rows,
      labels: rows.labels.map((label, row) => (row % 40 === 0 ? label : 0)),
    });
    expect(recalibrate(null, 'intercept', { fitted: rare(split.fitted), held: rare(split.held) }, 0.1)).toBeNull();
  });
});

describe('a candidate that is recalibrated', () => {
  const matrix = (from: number, to: number): LabelledMatrix => ({
    features: [{ name: 'risk', sources: ['x'], kind: 'numeric' }],
    rows: to - from,
    values: Float32Array.from(margins.slice(from, to)),
    labels: labels.slice(from, to),
    groups: groups.slice(from, to),
    order: order.slice(from, to),
  });
  const data = { train: matrix(0, 4000), validation: matrix(4000, 8000) };
  const fitted = async (given: object) =>
    fitCandidate(fittableSchema.parse({ algorithm: 'logistic_regression', calibration: 'none', ...given }), data, {
      threads: 1,
    });

  it('is another model with the same terms, the same for the same rows', async () => {
    const [before, after, again] = await Promise.all([
      fitted({}),
      fitted({ recalibrate: 'intercept' }),
      fitted({ recalibrate: 'intercept' }),
    ]);
    expect(serializeModel({ ...after.model, calibration: null })).toBe(serializeModel(before.model));
    expect(serializeModel(after.model)).not.toBe(serializeModel(before.model));
    expect(serializeModel(again.model)).toBe(serializeModel(after.model));
    expect(before.fit.recalibration).toBeNull();
    expect(after.fit.recalibration).toMatchObject({ method: 'intercept', rows: 1600, since: 6400 });
  });

  it('needs to know when the rows were', async () => {
    const { order: _, ...validation } = data.validation;
    const candidate = fittableSchema.parse({ algorithm: 'logistic_regression', recalibrate: 'slope' });
    await expect(fitCandidate(candidate, { ...data, validation }, { threads: 1 })).rejects.toThrow('no order');
  });
});
