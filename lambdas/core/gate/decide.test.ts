import { describe, expect, it } from 'vitest';
import { comparePaired, comparePairedSlices, evaluate, type PairedComparison } from '../evaluation/evaluate.ts';
import { generateRows } from '../evaluation/fixtures/rows.ts';
import { decideGate } from './decide.ts';
import { gateDecisionSchema } from './decision.ts';
import type { GateInput } from './input.ts';
import { GATE_LIMITS } from './limits.ts';

const rows = generateRows(4000, 11);
const { labels, groups } = rows;
const slices = { gender: { codes: Uint8Array.from(labels, (_, row) => row % 2), levels: ['Female', 'Male'] } };
const common = { labels, groups, slices, threshold: 0.2, resamples: 50, seed: 1 };
const good = rows.truth;
const worse = rows.noisy(0.8);
const constant = new Float64Array(4000).fill(0.11);

const against = (a: Float64Array, b: Float64Array) => comparePaired({ ...common, a, b });
const championOf = (a: Float64Array, b: Float64Array) => ({
  paired: against(a, b),
  slicesPaired: comparePairedSlices({ ...common, a, b }),
});
const firstModel: GateInput = {
  challenger: evaluate({ ...common, probabilities: good }),
  champion: null,
  baselines: { constant: against(good, constant), simpler: { 'random forest': against(good, worse) } },
};
const failedChecks = (input: GateInput) =>
  decideGate(input).checks.flatMap(({ name, passed }) => (passed ? [] : [name]));

/** The comparison of a model with a champion that it differs from by exactly these amounts. */
function pairedBy(logLoss: number, auroc: number): PairedComparison {
  const paired = against(good, worse);
  const by = (value: number) => ({ a: 0.5 + value, b: 0.5, difference: { value, low: value, high: value } });
  return { ...paired, metrics: { ...paired.metrics, log_loss: by(logLoss), auroc: by(auroc) } };
}
const withChampion = (logLoss: number, auroc: number): GateInput => ({
  ...firstModel,
  champion: { paired: pairedBy(logLoss, auroc), slicesPaired: {} },
});

describe('the first model', () => {
  it('is promoted when it is calibrated and beats constant and forest', () => {
    const decision = decideGate(firstModel);
    expect(decision).toMatchObject({ promote: true, outcome: 'promote' });
    expect(decision.reason).toMatch(/^no champion to compare with: .* AUROC 0\.\d{4} \[/);
    expect(gateDecisionSchema.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision);
    expect(decision.checks.map(({ name }) => name)).toEqual([
      'leak',
      'calibration',
      'beats_constant',
      'beats_simpler_candidates',
    ]);
  });

  it('needs no forest, and may be the forest', () => {
    expect(decideGate({ ...firstModel, baselines: { constant: firstModel.baselines.constant } }).promote).toBe(true);
    const itself = { constant: firstModel.baselines.constant, simpler: { 'random forest': against(good, good) } };
    expect(decideGate({ ...firstModel, baselines: itself }).promote).toBe(true);
  });

  it('is rejected when the forest or the constant is better, or when it is the constant', () => {
    expect(
      failedChecks({
        ...firstModel,
        baselines: { ...firstModel.baselines, simpler: { 'random forest': against(worse, good) } },
      }),
    ).toEqual(['beats_simpler_candidates']);
    const decision = decideGate({ ...firstModel, baselines: { constant: against(constant, constant) } });
    expect(decision).toMatchObject({ promote: false, outcome: 'reject' });
    expect(decision.reason).toContain('not better than the constant');
  });

  it('passes beside a forest that is better in one by chance, not beside one that is surely better in one', () => {
    const beside = (logLoss: number, auroc: [number, number, number]) => {
      const paired = pairedBy(logLoss, 0);
      const [low, value, high] = auroc;
      const metrics = { ...paired.metrics, auroc: { a: 0.6, b: 0.6, difference: { value, low, high } } };
      return decideGate({
        ...firstModel,
        baselines: { ...firstModel.baselines, simpler: { 'random forest': { ...paired, metrics } } },
      }).promote;
    };
    expect(beside(-0.001, [-0.005, -0.001, 0.003])).toBe(true);
    expect(beside(-0.001, [-0.005, -0.003, -0.001])).toBe(false);
    expect(beside(0.001, [-0.005, -0.001, 0.003])).toBe(false);
  });

  it('is rejected when its probabilities are not to be believed', () => {
    const inflated = evaluate({ ...common, probabilities: good.map((p) => Math.min(1, p + 0.05)) });
    expect(failedChecks({ ...firstModel, challenger: inflated })).toEqual(['calibration']);
  });

  it('is rejected without a leak being claimed when one class is missing', () => {
    const none = { ...common, labels: new Uint8Array(4000) };
    const paired = comparePaired({ ...none, a: good, b: constant });
    const decision = decideGate({
      challenger: evaluate({ ...none, probabilities: good }),
      champion: null,
      baselines: { constant: paired },
    });
    expect(decision.outcome).toBe('reject');
    expect(decision.checks.every(({ text }) => text.length > 0 && !text.includes('NaN'))).toBe(true);
  });
});

describe('a leak', () => {
  it('is called when AUROC is above what the data allows, whatever else holds', () => {
    const knows = Float64Array.from(labels, (label, row) => (label === 1 && row % 3 > 0 ? 0.9 : good[row]));
    const decision = decideGate({ ...firstModel, challenger: evaluate({ ...common, probabilities: knows }) });
    expect(decision).toMatchObject({ promote: false, outcome: 'leak' });
    expect(decision.checks[0]).toMatchObject({ name: 'leak', passed: false, limit: 0.75 });
  });

  it('is not called on rows so few that chance gives such an AUROC', () => {
    const { challenger } = firstModel;
    const few = {
      ...challenger,
      rows: 150,
      metrics: { ...challenger.metrics, auroc: { value: 0.77, low: 0.64, high: 0.9 } },
    };
    expect(decideGate({ ...firstModel, challenger: few }).checks[0]).toMatchObject({ name: 'leak', passed: true });
    const more = { ...few, metrics: { ...few.metrics, auroc: { value: 0.751, low: 0.733, high: 0.77 } } };
    expect(decideGate({ ...firstModel, challenger: more }).outcome).toBe('leak');
  });
});

describe('a challenger of a champion', () => {
  it('is promoted when it is really better', () => {
    const decision = decideGate({ ...firstModel, champion: championOf(good, worse) });
    expect(decision).toMatchObject({ promote: true, outcome: 'promote' });
    expect(decision.reason).toMatch(/^better than the champion: log loss -0\.\d{4} \[.*AUROC \+0\./);
  });

  it('is rejected when it is really worse, with every reason', () => {
    const decision = decideGate({
      ...firstModel,
      challenger: evaluate({ ...common, probabilities: worse }),
      champion: championOf(worse, good),
    });
    expect(decision.outcome).toBe('reject');
    for (const text of ['log loss +0.', 'AUROC -0.', 'not better than the champion'])
      expect(decision.reason).toContain(text);
  });

  it('is unchanged when it predicts as the champion does', () => {
    const decision = decideGate({ ...firstModel, champion: championOf(good, good) });
    expect(decision).toMatchObject({ promote: false, outcome: 'unchanged' });
    expect(decision.reason).toContain('unchanged');
  });

  it.each([
    [-0.0002, 0, []],
    [0, 0.001, []],
    [-0.0002, -0.0019, []], // better by one, within the margin of the other
    [0.0004, 0.001, []],
    [0, 0, ['better']],
    [-0.00005, 0.0004, ['better']],
    [-0.002, -0.0021, ['auroc_not_worse']],
    [0.0006, 0.01, ['log_loss_not_worse']],
    [0.01, -0.01, ['log_loss_not_worse', 'auroc_not_worse', 'better']],
  ])('log loss %d and AUROC %d against the champion fail %j', (logLoss, auroc, failed) => {
    expect(failedChecks(withChampion(logLoss, auroc))).toEqual(failed);
  });

  it('may not lose a large subgroup, but a small one does not decide', () => {
    const lost = { a: 0.6, b: 0.64, difference: { value: -0.04, low: -0.06, high: -0.02 } };
    const levels = (rows: number, positives: number) => ({ race: [{ level: 'Asian', rows, positives, auroc: lost }] });
    const withSlices = (rows: number, positives: number): GateInput => ({
      ...firstModel,
      champion: { paired: pairedBy(-0.001, 0.001), slicesPaired: levels(rows, positives) },
    });
    const decision = decideGate(withSlices(500, 30));
    expect(decision.promote).toBe(false);
    expect(decision.reason).toContain('race Asian changes by -0.0400');
    expect(decideGate(withSlices(499, 30)).promote).toBe(true);
    expect(decideGate(withSlices(500, 29)).promote).toBe(true);
    const lenient = { ...GATE_LIMITS, subgroup: { ...GATE_LIMITS.subgroup, drop: 0.05 } };
    expect(decideGate(withSlices(500, 30), lenient).promote).toBe(true);
  });
});
