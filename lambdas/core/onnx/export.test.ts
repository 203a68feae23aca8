import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { type CandidateInput, fittableSchema } from '../candidates/candidate.ts';
import { fitCandidate } from '../candidates/fit.ts';
import type { Calibration, Model } from '../candidates/model.ts';
import { margins, probabilities } from '../candidates/score.ts';
import type { FeatureMatrix } from '../encounter/matrix.ts';
import { syntheticRows } from '../trees/synthetic.ts';
import { exportOnnx } from './export.ts';

const train = syntheticRows(3000, 11);
const validation = syntheticRows(600, 12);
const unseen = syntheticRows(2000, 13, { missingShare: 0.3, strangeLevels: true });

async function run(model: Model, matrix: FeatureMatrix): Promise<{ probability: Float32Array; margin: Float32Array }> {
  const session = await InferenceSession.create(exportOnnx(model, matrix.features, { sha256: 'abc' }));
  const input = new Tensor('float32', matrix.values, [matrix.rows, matrix.features.length]);
  const { probability, margin } = await session.run({ features: input });
  if (!(probability.data instanceof Float32Array && margin.data instanceof Float32Array)) throw new Error('not float');
  return { probability: probability.data, margin: margin.data };
}

function worstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let index = 0; index < a.length; index += 1) worst = Math.max(worst, Math.abs(a[index] - b[index]));
  return worst;
}

const isotonic: Calibration = {
  method: 'isotonic',
  margins: [-3, -2, 0.5, 1].map(Math.fround),
  probabilities: [0.01, 0.1, 0.4, 0.9].map(Math.fround),
};
const platt: Calibration = { method: 'platt', slope: Math.fround(1.2), intercept: Math.fround(-0.3) };

describe('the ONNX graph answers as the trainer does, within 1e-5, on missing values and levels that training never saw', () => {
  const inputs: CandidateInput[] = [
    { algorithm: 'gradient_boosting', params: { rounds: 300, early_stopping_rounds: 0 } },
    { algorithm: 'random_forest', params: { trees: 40 } },
    { algorithm: 'logistic_regression' },
    { algorithm: 'constant' },
  ];
  for (const input of inputs) {
    for (const calibration of [null, platt, isotonic]) {
      it(`${input.algorithm}, calibration ${calibration?.method ?? 'none'}`, async () => {
        const fitted = await fitCandidate(
          fittableSchema.parse({ ...input, calibration: 'none' }),
          { train, validation },
          { threads: 1 },
        );
        const model = { ...fitted.model, calibration };
        const answer = await run(model, unseen);
        expect(worstDifference(answer.margin, margins(model, unseen))).toBeLessThan(1e-5);
        expect(worstDifference(answer.probability, probabilities(model, unseen))).toBeLessThan(1e-5);
      });
    }
  }
});
