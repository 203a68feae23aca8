import { describe, expect, it } from 'vitest';
import { chanceEce } from './chance-ece.ts';
import { evaluate } from './evaluate.ts';
import { generateRows } from './fixtures/rows.ts';

const settings = { slices: {}, threshold: 0.2, resamples: 2, seed: 1 };

/** ECE of the true probabilities against outcomes drawn from them, for many draws. */
function drawnEces(rows: number, draws: number) {
  return Array.from({ length: draws }, (_, draw) => {
    const { labels, groups, truth } = generateRows(rows, 1000 + draw);
    const evaluation = evaluate({ ...settings, labels, groups, probabilities: truth });
    return { ece: evaluation.ece_plug_in ?? 0, limit: chanceEce(evaluation) };
  });
}

describe('the calibration error that chance alone gives', () => {
  it.each([800, 4000])('holds about 95 of 100 perfectly calibrated models of %i rows', (rows) => {
    const draws = drawnEces(rows, 200);
    const within = draws.filter(({ ece, limit }) => ece <= limit).length / draws.length;
    expect(within).toBeGreaterThan(0.88);
    expect(within).toBeLessThan(0.995);
  });

  it('shrinks with the square root of the rows, so that a full test set is held to the fixed limit', () => {
    const reliability = (rows: number) =>
      Array.from({ length: 10 }, () => ({
        lower: 0,
        upper: 1,
        rows,
        mean_predicted: 0.114,
        observed: { value: 0.114, low: null, high: null },
      }));
    const small = chanceEce({ rows: 2000, reliability: reliability(200) });
    const full = chanceEce({ rows: 9890, reliability: reliability(989) });
    expect(small).toBeGreaterThan(0.02);
    expect(full).toBeLessThan(0.013);
    expect(small / full).toBeCloseTo(Math.sqrt(4.945), 6);
  });
});
