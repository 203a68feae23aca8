import { describe, expect, it } from 'vitest';
import { comparePaired, evaluate } from '../../evaluation/evaluate.ts';
import { generateRows } from '../../evaluation/fixtures/rows.ts';
import type { TemporalEvaluation, TemporalFigures } from '../../temporal/schema.ts';
import { GATE_LIMITS } from '../limits.ts';
import { beatsBedside } from './beats-bedside.ts';
import { beatsSimplerCandidates } from './beats-simpler-candidates.ts';
import { holdsInTime } from './holds-in-time.ts';

const { labels, groups, truth, noisy } = generateRows(3000, 5);
const common = { labels, groups, resamples: 40, seed: 1 };
const against = (a: Float64Array, b: Float64Array) => comparePaired({ ...common, a, b });
const constant = against(truth, new Float64Array(3000).fill(0.11));
const challenger = evaluate({ ...common, probabilities: truth, slices: {}, threshold: 0.2 });

describe('a challenger beside bedside scores', () => {
  const ask = (bedside: Readonly<Record<string, ReturnType<typeof against>>>) =>
    beatsBedside({ challenger, champion: null, baselines: { constant, bedside } }, GATE_LIMITS);

  it('is refused when the best of them is better, whatever the others are', () => {
    const weak = noisy(3);
    expect(ask({ number_inpatient: against(truth, weak) })?.passed).toBe(true);
    const refused = ask({ number_inpatient: against(weak, truth), hospital_like: against(weak, noisy(5)) });
    expect(refused).toMatchObject({ name: 'beats_bedside', passed: false });
    expect(refused?.text).toContain('inpatient stays of the year before');
  });

  it('is refused when it only says the same', () => {
    expect(ask({ lace_like: against(truth, truth) })?.passed).toBe(false);
  });

  it('has to beat the strongest candidate of a simpler kind, by whatever name', () => {
    const simpler = { anything: against(noisy(1), truth), 'random forest': against(truth, noisy(4)) };
    const check = beatsSimplerCandidates({ challenger, champion: null, baselines: { constant, simpler } }, GATE_LIMITS);
    expect(check).toMatchObject({ passed: false, text: expect.stringContaining('not better than the anything') });
  });
});

describe('a challenger in time', () => {
  const between = (low: number, value: number, high: number) => ({ low, value, high });
  const figures: TemporalFigures = {
    rows: 19_869,
    positives: 2_100,
    patients: 17_000,
    mean_predicted: 0.11,
    auroc: between(0.65, 0.66, 0.67),
    log_loss: between(0.32, 0.33, 0.34),
    ece: between(0.008, 0.012, 0.02),
    slope: between(0.8, 0.9, 1),
    intercept: between(-0.1, -0.05, 0),
    observed_expected: between(0.9, 0.95, 1),
  };
  const inTime = (...newest: Partial<TemporalFigures>[]): TemporalEvaluation => ({
    outcome: 'measured',
    order: 'encounter_id',
    bootstrap: { unit: 'patient', resamples: 1000, seed: 1 },
    windows: newest.map((given) => ({
      ...{ from: 0.8, to: 1, starts_at: 5, train_rows: 100, validation_rows: 10, first_seen: figures, frozen: null },
      all: { ...figures, ...given },
    })),
    all: figures,
    first_seen: figures,
  });
  const ask = (temporal: TemporalEvaluation | undefined) =>
    holdsInTime(
      { challenger: { ...challenger, ...(temporal ? { temporal } : {}) }, champion: null, baselines: { constant } },
      GATE_LIMITS,
    );

  it('passes when it holds on the newest window, and is told what it is worth there', () => {
    const check = ask(inTime({ ece: between(0.2, 0.2, 0.2) }, {}));
    expect(check).toMatchObject({ name: 'holds_in_time', passed: true });
    expect(check?.text).toContain('AUROC 0.6600 [0.6500, 0.6700], observed/expected 0.9500');
  });

  it.each([
    [{ ece: between(0.02, 0.031, 0.04) }, 'calibration error 0.0310'],
    [{ observed_expected: between(0.5, 0.6, 0.74) }, 'observed/expected 0.6000'],
    [{ observed_expected: between(1.34, 1.5, 1.6) }, 'observed/expected 1.5000'],
    [{ auroc: between(0.58, 0.6, 0.619) }, 'AUROC 0.6000'],
  ])('is refused for %j', (fault, said) => {
    expect(ask(inTime({}, fault))).toMatchObject({ passed: false, text: expect.stringContaining(said) });
  });

  it('is not refused for what chance does to few encounters', () => {
    const few = { rows: 300, ece: between(0.02, 0.05, 0.08), observed_expected: between(0.4, 0.6, 0.9) };
    expect(ask(inTime(few))?.passed).toBe(true);
  });

  it('is told when nothing could be measured', () => {
    expect(ask({ outcome: 'not_measured', reason: 'all of one class' })).toMatchObject({ passed: true });
    expect(ask(undefined)).toBeNull();
  });
});
