import { describe, expect, it } from 'vitest';
import { fittableSchema } from '../candidates/candidate.ts';
import { fitCandidate } from '../candidates/fit.ts';
import { margins, probabilities } from '../candidates/score.ts';
import type { Feature, LabelledMatrix } from '../encounter/matrix.ts';
import { generateRows } from '../evaluation/fixtures/rows.ts';
import { prepareExplainer } from './explainer.ts';

const FEATURES: readonly Feature[] = [
  { name: 'visits', sources: ['number_inpatient', 'number_emergency'], kind: 'numeric' },
  { name: 'inpatient', sources: ['number_inpatient'], kind: 'numeric' },
  { name: 'medications', sources: ['num_medications'], kind: 'numeric' },
  { name: 'specialty', sources: ['medical_specialty'], kind: 'category', levels: ['A', 'B', 'C'] },
];

function matrixOf(rows: number, seed: number): LabelledMatrix {
  const { labels, groups, truth, random } = generateRows(rows, seed);
  const values = new Float32Array(rows * 4);
  for (let row = 0; row < rows; row++) {
    const missing = random() < 0.1;
    const cells = [
      truth[row] * 9 + random(),
      Math.floor(random() * 3) + labels[row],
      missing ? Number.NaN : random(),
      Math.floor(random() * 3),
    ];
    values.set(cells, row * 4);
  }
  return { features: FEATURES, rows, values, labels, groups };
}

const train = matrixOf(1500, 1);
const validation = matrixOf(500, 2);

describe.each([
  ['gradient_boosting', { rounds: 40, category_min_weight: 1 }],
  ['random_forest', { trees: 30 }],
  ['logistic_regression', {}],
  ['constant', {}],
] as const)('%s explained', (algorithm, params) => {
  const candidate = fittableSchema.parse({ algorithm, params, seed: 3 });
  const fitted = fitCandidate(candidate, { train, validation }, { threads: 1 }).then(({ model }) => ({
    model,
    explain: prepareExplainer(model, FEATURES),
    scored: margins(model, validation),
  }));

  it('sums to the margin of the score, by field, for every row', async () => {
    const { explain, scored } = await fitted;
    for (let row = 0; row < validation.rows; row++) {
      const { base_value, margin, contributions } = explain(validation.values, row * 4);
      const total = contributions.reduce((sum, { contribution }) => sum + contribution, base_value);
      expect(Math.abs(margin - scored[row])).toBeLessThan(1e-9);
      expect(Math.abs(total - margin)).toBeLessThan(1e-12);
    }
  });

  it('names every field once, the weightiest first, and gives the same answer again', async () => {
    const { explain } = await fitted;
    const first = explain(validation.values, 4);
    explain(validation.values, 8);
    expect(explain(validation.values, 4)).toEqual(first);
    const fields = first.contributions.map(({ field }) => field);
    expect(fields.toSorted()).toEqual(['medical_specialty', 'num_medications', 'number_emergency', 'number_inpatient']);
    const sizes = first.contributions.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  // Boosting weighs rows by hessian and the forest by bootstrap draws, so there the two are near, not equal.
  it('starts from what the model says of the training rows on average', async () => {
    const { model, explain } = await fitted;
    const { base_value } = explain(train.values);
    const scores = algorithm === 'random_forest' ? probabilities(model, train) : margins(model, train);
    const mean = scores.reduce((sum, score) => sum + score, 0) / train.rows;
    if (algorithm === 'random_forest') expect(1 / (1 + Math.exp(-base_value))).toBeCloseTo(mean, 2);
    else if (algorithm === 'gradient_boosting') expect(Math.abs(base_value - mean)).toBeLessThan(1);
    else expect(base_value).toBeCloseTo(mean, 5);
  });
});

describe('a feature of several fields', () => {
  it('shares its contribution equally among them', () => {
    const term = { kind: 'numeric', mean: 0, scale: 1, missing_weight: 0, average: 0 } as const;
    const terms = [1, 0, 0, 0].map((weight) => ({ ...term, weight }));
    const names = FEATURES.map(({ name }) => name);
    const explain = prepareExplainer(
      { kind: 'linear', intercept: -2, terms, features: names, calibration: null },
      FEATURES,
    );
    expect(explain(Float32Array.of(3, 0, 0, 0))).toEqual({
      base_value: -2,
      margin: 1,
      contributions: [
        { field: 'number_emergency', contribution: 1.5 },
        { field: 'number_inpatient', contribution: 1.5 },
        { field: 'medical_specialty', contribution: 0 },
        { field: 'num_medications', contribution: 0 },
      ],
    });
  });
});
