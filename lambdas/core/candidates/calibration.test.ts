import { describe, expect, it } from 'vitest';
import { counterHash } from '../trees/counter-hash.ts';
import { calibrate, chooseCalibration } from './calibration.ts';
import { fitIsotonic } from './isotonic.ts';
import { fitPlatt } from './platt.ts';

const ROWS = 6000;
const draw = (stream: number, row: number) => counterHash(2, stream, row) / 2 ** 32;
const margins = Float64Array.from({ length: ROWS }, (_, row) => draw(1, row) * 8 - 4);
const groups = Float64Array.from(margins.keys());
/** Labels whose true log-odds are a function of the margin. */
const labelsBy = (truth: (margin: number) => number) =>
  Uint8Array.from(margins, (m, row) => (draw(2, row) < 1 / (1 + Math.exp(-truth(m))) ? 1 : 0));

describe('calibration', () => {
  it('leaves a calibrated model alone', () => {
    const choice = chooseCalibration(
      margins,
      labelsBy((m) => m),
      groups,
      1,
    );
    expect(choice.calibration?.method ?? 'none').not.toBe('isotonic');
    expect(calibrate(choice.calibration, 1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 1);
  });

  it('scales a model that is too sure of itself back', () => {
    const { calibration } = chooseCalibration(
      margins,
      labelsBy((m) => 0.4 * m - 1),
      groups,
      1,
    );
    expect(calibration).toMatchObject({ method: 'platt' });
    if (calibration?.method !== 'platt') return;
    expect(calibration.slope).toBeCloseTo(0.4, 1);
    expect(calibration.intercept).toBeCloseTo(-1, 0);
  });

  it('bends where the truth is a step', () => {
    const { calibration, cross_fitted_log_loss: loss } = chooseCalibration(
      margins,
      labelsBy((m) => (m > 1 ? 1 : -2)),
      groups,
      1,
    );
    expect(calibration?.method).toBe('isotonic');
    expect(loss.isotonic).toBeLessThan(Math.min(loss.none ?? 0, loss.platt ?? 0));
  });

  it('never turns the order of two scores round, and stays between 0 and 1', () => {
    const { calibration } = chooseCalibration(
      margins,
      labelsBy((m) => (m > 1 ? 1 : -2)),
      groups,
      1,
    );
    const rising = Array.from({ length: 400 }, (_, step) => calibrate(calibration, step / 20 - 10));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(rising[0]).toBeGreaterThan(0);
    expect(rising[399]).toBeLessThan(1);
  });

  it('refuses to fit what cannot be fitted', () => {
    expect(
      fitPlatt(
        margins,
        labelsBy((m) => -m),
      ),
    ).toBeNull();
    expect(fitIsotonic(Float64Array.of(1, 1, 1), Uint8Array.of(0, 1, 0))).toBeNull();
  });
});
