import { describe, expect, it } from 'vitest';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { BadMatrix } from '../trees/binning.ts';
import { syntheticRows } from '../trees/synthetic.ts';
import { type CandidateInput, candidateSchema, DEFAULT_CANDIDATES, fittableSchema } from './candidate.ts';
import { crossValidate } from './cross-validate.ts';
import { fitCandidate, OneClass } from './fit.ts';
import { UnknownFeature } from './fit-boosting.ts';
import { parseModel, serializeModel } from './model.ts';
import { FeatureMismatch, margins, probabilities } from './score.ts';

const train = syntheticRows(3000, 1);
const validation = syntheticRows(900, 2);
const test = syntheticRows(3000, 3, { missingShare: 0.2, strangeLevels: true });

const trained = (
  input: CandidateInput,
  data: Partial<{ train: LabelledMatrix; validation: LabelledMatrix }> = {},
  threads = 1,
) => fitCandidate(fittableSchema.parse(input), { train, validation, ...data }, { threads });

const SMALL: readonly CandidateInput[] = [
  { algorithm: 'gradient_boosting', params: { rounds: 60 } },
  { algorithm: 'gradient_boosting', params: { rounds: 60, growth: 'leaf', max_depth: 6 } },
  { algorithm: 'random_forest', params: { trees: 15 } },
  { algorithm: 'logistic_regression' },
  { algorithm: 'constant' },
];

function logLoss(p: Float64Array, labels: Uint8Array): number {
  return p.reduce((sum, each, row) => sum - Math.log(labels[row] === 1 ? each : 1 - each), 0) / p.length;
}

describe('every candidate', () => {
  for (const input of SMALL) {
    const name = JSON.stringify(input);
    it(`${name} gives the same bytes twice and on two threads, and says the same after being written and read`, async () => {
      const { model } = await trained(input);
      const text = serializeModel(model);
      expect(serializeModel((await trained(input)).model)).toBe(text);
      expect(serializeModel((await trained(input, {}, 2)).model)).toBe(text);
      const read = parseModel(text);
      expect(serializeModel(read)).toBe(text);
      expect(probabilities(read, test)).toEqual(probabilities(model, test));
    });
  }

  it('learns more than the rate of the positives, on rows it has not seen', async () => {
    const losses = await Promise.all(
      SMALL.map(async (input) => logLoss(probabilities((await trained(input)).model, test), test.labels)),
    );
    for (const loss of losses.slice(0, 4)) expect(loss).toBeLessThan(losses[4] - 0.05);
  });

  it('names the features that matter', async () => {
    for (const input of SMALL.slice(0, 4)) {
      const { importance } = await trained(input);
      expect(importance[0].feature).toBe('strong');
      expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
  });
});

describe('hard data', () => {
  const edit = (change: (values: Float32Array, width: number) => void): LabelledMatrix => {
    const values = Float32Array.from(train.values);
    change(values, train.features.length);
    return { ...train, values };
  };
  const setColumn = (column: number, value: number) =>
    edit((values, width) =>
      values.forEach((_, at) => {
        if (at % width === column) values[at] = value;
      }),
    );
  const few = (rows: number, seed: number) => syntheticRows(rows, seed);

  for (const input of SMALL) {
    it(`${JSON.stringify(input)}: a constant column and an all-missing one do no harm`, async () => {
      for (const rows of [setColumn(0, 3), setColumn(1, Number.NaN), setColumn(5, Number.NaN)]) {
        const { model } = await trained(input, { train: rows });
        expect(probabilities(model, test).every((p) => p > 0 && p < 1)).toBe(true);
      }
    });

    it(`${JSON.stringify(input)}: ten rows are enough not to fail, one class is refused`, async () => {
      const { model } = await trained(input, { train: few(10, 6), validation: few(10, 6) });
      expect(margins(model, test).every(Number.isFinite)).toBe(true);
      const one = { ...train, labels: new Uint8Array(train.rows) };
      await expect(trained(input, { train: one })).rejects.toThrow(OneClass);
      await expect(trained(input, { validation: one })).rejects.toThrow(/All 3000 validation rows are negative/);
    });

    it(`${JSON.stringify(input)}: an infinite number and an empty table are refused by name`, async () => {
      await expect(trained(input, { train: setColumn(3, Infinity) })).rejects.toThrow(
        /holds Infinity as noise; use NaN/,
      );
      await expect(trained(input, { train: few(0, 1) })).rejects.toThrow(BadMatrix);
    });
  }

  it('a level index outside the list is refused in training', async () => {
    await expect(trained(SMALL[0], { train: setColumn(4, 40) })).rejects.toThrow(/holds 40 as place; which is none/);
    await expect(trained(SMALL[3], { train: setColumn(4, 40) })).rejects.toThrow(BadMatrix);
  });

  it('a monotone constraint on what is not there is refused', async () => {
    await expect(trained({ algorithm: 'gradient_boosting', params: { monotone: { strnog: 1 } } })).rejects.toThrow(
      UnknownFeature,
    );
  });

  it('scoring other columns than the model has is refused', async () => {
    const { model } = await trained({ algorithm: 'constant' });
    expect(() => margins(model, { features: train.features.slice(1), rows: 0, values: new Float32Array(0) })).toThrow(
      FeatureMismatch,
    );
  });
});

describe('cross-validation', () => {
  it('scores rows of patients that the fit did not see, the same each time', async () => {
    const candidate = fittableSchema.parse(SMALL[0]);
    const score = await crossValidate(candidate, train, 3, 5, { threads: 1 });
    expect(score.folds.reduce((sum, fold) => sum + fold.rows, 0)).toBe(train.rows);
    expect(score.auroc).toBeGreaterThan(0.7);
    expect(score.log_loss).toBeGreaterThan(0.3);
    expect(await crossValidate(candidate, train, 3, 5, { threads: 1 })).toEqual(score);
  });
});

describe('candidates', () => {
  it('the defaults are a boosting model and two baselines', () => {
    expect(DEFAULT_CANDIDATES.map(({ algorithm }) => algorithm)).toEqual([
      'gradient_boosting',
      'random_forest',
      'logistic_regression',
    ]);
  });

  it('unknown algorithms and impossible settings are refused', () => {
    for (const bad of [
      { algorithm: 'magic' },
      { algorithm: 'gradient_boosting', params: { subsample: 0 } },
      { algorithm: 'random_forest', params: { trees: 0 } },
    ]) {
      expect(candidateSchema.safeParse(bad).success).toBe(false);
    }
  });
});
