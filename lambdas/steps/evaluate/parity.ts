// Whether ONNX Runtime answers as the trainer does, on every row: the model that was measured is the model that serves.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Model } from '../../core/candidates/model.ts';
import { probabilities } from '../../core/candidates/score.ts';
import type { FeatureMatrix } from '../../core/encounter/matrix.ts';

/** Largest difference of two probabilities of one row that is still rounding. */
export const PARITY_LIMIT = 1e-5;

/**
 * Largest difference over all rows between the graph's probabilities and the model's own.
 * @throws OnnxParityError when it is above the limit
 */
export async function checkParity(onnx: Uint8Array, model: Model, matrix: FeatureMatrix): Promise<number> {
  const session = await InferenceSession.create(onnx, { logSeverityLevel: 3 });
  try {
    const input = new Tensor('float32', matrix.values, [matrix.rows, matrix.features.length]);
    const { probability } = await session.run({ features: input });
    const own = probabilities(model, matrix);
    const difference = own.reduce((worst, value, row) => {
      const other = Number(probability?.data[row]);
      // A missing or NaN answer must count as a difference, and NaN compares as no difference.
      return Math.max(worst, Number.isFinite(other) ? Math.abs(other - value) : Number.POSITIVE_INFINITY);
    }, 0);
    if (difference > PARITY_LIMIT) throw new OnnxParityError(difference);
    return difference;
  } finally {
    await session.release();
  }
}

export class OnnxParityError extends Error {
  override readonly name = 'OnnxParityError';
  constructor(difference: number) {
    super(`ONNX Runtime answers up to ${difference} away from the trained model, at most ${PARITY_LIMIT} is rounding`);
  }
}
