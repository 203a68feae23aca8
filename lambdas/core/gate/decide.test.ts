import { describe, expect, it } from 'vitest';
import { clusterMean } from '../evaluation/cluster-mean.ts';
import { comparePaired, comparePairedSlices, evaluate, type PairedComparison } from '../evaluation/evaluate.ts';
import { generateRows } from '../evaluation/fixtures/rows.ts';
import { numberPatients } from '../evaluation/ranking.ts';
import { rowLosses } from '../evaluation/row-losses.ts';
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
const championOf = (a: Float64Array, b: Float64Array): NonNullable<GateInput['champion']> => {
  const losses = rowLosses(labels, b);
  const less = rowLosses(labels, a).map((loss, row) => loss - losses[row]);
  return {
    paired: against(a, b),
    slicesPaired: comparePairedSlices({ ...common, a, b }),
    logLoss: clusterMean(less, numberPatients(groups)),
  };
};
const firstModel: GateInput = {
  challenger: evaluate({ ...common, probabilities: good }),
  champion: null,
  baselines: { constant: against(good, constant), simpler: { 'random forest': against(good, worse) } },
};
/** The comparison of a model that differs from its champion by these amounts: low, value, high. */
function pairedBy(
  by: Partial<Record<'log_loss' | 'auroc' | 'ece', readonly [number, number, number]>>,
): PairedComparison {
  const paired = against(good, worse);
  const of = ([low, value, high]: readonly [number, number, number]) => ({
    a: 0.5 + value,
    b: 0.5,
    difference: { value, low, high },
  });
  const given = Object.fromEntries(Object.entries(by).map(([name, amounts]) => [name, of(amounts)]));
  return { ...paired, metrics: { ...paired.metrics, ...given } };
}
const failedChecks = (input: GateInput) =>
  decideGate(input).checks.flatMap(({ name, passed }) => (passed ? [] : [name]));

describe('the first model', () => {
  it('is promoted when it is calibrated and beats constant and forest', () => {
    const decision = decideGate(firstModel);
    expect(decision).toMatchObject({ promote: true, outcome: 'promote', kind: 'first' });
    expect(decision.reason).toMatch(/^first: no champion to compare with; .* AUROC 0\.\d{4} \[/);
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
      const paired = pairedBy({ log_loss: [logLoss, logLoss, logLoss] });
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
  const equal = { log_loss: [-0.0005, 0, 0.0005], auroc: [-0.002, 0, 0.002], ece: [-0.004, 0, 0.004] } as const;
  const mean = (value: number) => ({ value, standard_error: 0.0005, skewness: 0, patients: 7000 });
  const holds = { days: 10, rows: { champion: 900, challenger: 1000 }, newest: null };
  const old = { ...holds, days: 91 };
  const compared = (
    by: Parameters<typeof pairedBy>[0],
    value: number,
    refresh: NonNullable<GateInput['refresh']> = holds,
  ): GateInput => ({
    ...firstModel,
    champion: { paired: pairedBy({ ...equal, ...by }), slicesPaired: {}, logLoss: mean(value) },
    refresh,
  });

  it('is superior when its log loss is surely lower, and the interval says so', () => {
    const decision = decideGate({ ...firstModel, champion: championOf(good, worse) });
    expect(decision).toMatchObject({ promote: true, kind: 'superior' });
    expect(decision.reason).toMatch(/^superior: log loss -0\.\d{5} .* 99 % sure to lie below -0\.\d{5} .*now AUROC/);
  });

  it('is not superior by its point estimate, however good: the level that is left decides', () => {
    const at = (level: number) =>
      decideGate({
        ...compared({}, -0.0012),
        spending: { decision: 9, evidence: 'x', patients: 7000, joined: 0, level, left: 0.01 },
      });
    expect(at(0.01)).toMatchObject({ promote: true, kind: 'superior', spending: { level: 0.01 } });
    expect(at(0.005)).toMatchObject({ promote: false, outcome: 'reject' });
    expect(at(0.005).reason).toContain('not superior; no ground for a refresh');
    expect(at(0)).toMatchObject({ promote: false });
  });

  it('refreshes an old champion that it is not inferior to, if there are new rows', () => {
    expect(decideGate(compared({}, 0, old))).toMatchObject({ promote: true, kind: 'refresh' });
    expect(decideGate(compared({}, 0, { ...old, rows: { champion: 1000, challenger: 1000 } })).promote).toBe(false);
    expect(decideGate(compared({}, 0, holds)).promote).toBe(false);
  });

  it('refreshes a champion that was trained on less than half of the rows', () => {
    const rows = (champion: number) => decideGate(compared({}, 0, { ...holds, rows: { champion, challenger: 1000 } }));
    expect(rows(499)).toMatchObject({ promote: true, kind: 'refresh' });
    expect(rows(500).promote).toBe(false);
  });

  it('refreshes a champion whose probabilities no longer fit, by a challenger whose do better', () => {
    const drifted = (champion: [number, number, number], challenger: number, rows = 2000) => {
      const of = ([low, value, high]: [number, number, number]) => ({ low, value, high });
      const newest = {
        rows,
        positives: 200,
        champion: of(champion),
        challenger: of([challenger, challenger, challenger]),
      };
      return decideGate(compared({}, 0, { ...holds, newest }));
    };
    expect(drifted([0.7, 0.8, 0.9], 0.95)).toMatchObject({ promote: true, kind: 'refresh' });
    expect(drifted([0.7, 0.8, 0.9], 0.79).promote).toBe(false);
    expect(drifted([0.7, 0.85, 1.02], 0.95).promote).toBe(false);
    expect(drifted([0.92, 0.95, 0.98], 1).promote).toBe(false);
    expect(drifted([0.7, 0.8, 0.9], 0.95, 400).promote).toBe(false);
  });

  it.each([
    ['log_loss_not_worse', { log_loss: [-0.003, -0.001, 0.00126] }],
    ['auroc_not_worse', { auroc: [-0.0051, 0, 0.0051] }],
    ['calibration_not_worse', { ece: [-0.001, 0.005, 0.0101] }],
  ] as const)('is held to %s by the end of the interval, superior or not', (name, by) => {
    for (const value of [-0.003, 0]) {
      const decision = decideGate(compared(by, value, old));
      expect(decision).toMatchObject({ promote: false, outcome: 'reject' });
      expect(decision.checks.filter(({ asks, passed }) => asks === undefined && !passed)).toMatchObject([{ name }]);
    }
  });

  it('is rejected when it is really worse, with every reason', () => {
    const decision = decideGate({
      ...firstModel,
      challenger: evaluate({ ...common, probabilities: worse }),
      champion: championOf(worse, good),
      refresh: old,
    });
    expect(decision.outcome).toBe('reject');
    for (const text of ['log loss +0.', 'AUROC -0.']) expect(decision.reason).toContain(text);
  });

  it('is unchanged when it predicts as the champion does', () => {
    const decision = decideGate({ ...firstModel, champion: championOf(good, good), refresh: old });
    expect(decision).toMatchObject({ promote: false, outcome: 'unchanged' });
    expect(decision.reason).toContain('unchanged');
  });

  it('is not waved through as first when its champion cannot be compared', () => {
    const decision = decideGate({ ...firstModel, incomparable: 'the champion knew other features' });
    expect(decision).toMatchObject({ promote: false, outcome: 'reject' });
    expect(decision.reason).toContain('POST /promotions');
  });

  it('may not lose a large subgroup, by its interval, but a small one does not decide', () => {
    const lost = { a: 0.6, b: 0.61, difference: { value: -0.01, low: -0.031, high: 0.01 } };
    const levels = (rows: number, positives: number) => ({ race: [{ level: 'Asian', rows, positives, auroc: lost }] });
    const withSlices = (rows: number, positives: number): GateInput => {
      const input = compared({}, -0.003);
      return { ...input, champion: input.champion && { ...input.champion, slicesPaired: levels(rows, positives) } };
    };
    const decision = decideGate(withSlices(500, 50));
    expect(decision.promote).toBe(false);
    expect(decision.reason).toContain('race Asian changes by -0.0100 [-0.0310, +0.0100]');
    expect(decideGate(withSlices(499, 50)).promote).toBe(true);
    expect(decideGate(withSlices(500, 49)).promote).toBe(true);
    const lenient = { ...GATE_LIMITS, margin: { ...GATE_LIMITS.margin, subgroup: 0.05 } };
    expect(decideGate(withSlices(500, 50), lenient).promote).toBe(true);
  });
});
