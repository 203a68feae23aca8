// One ONNX Runtime session and its buffers. Scores are asked for one call at a time, as Lambda hands out events.
import { InferenceSession, Tensor } from 'onnxruntime-node';

export interface Score {
  /** Calibrated P(readmitted within 30 days). */
  readonly probability: number;
  /** Log-odds before calibration. */
  readonly margin: number;
}

export interface Scorer {
  /** Scores the encounters that `fill` writes into the rows of a reused matrix. */
  score(rows: number, fill: (matrix: Float32Array) => void): Promise<Score[]>;
  release(): Promise<void>;
}

// One thread: one encounter is too little work to share. No arena and no memory pattern: they hold memory that the
// small tensors here never need.
const OPTIONS: InferenceSession.SessionOptions = {
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
  enableMemPattern: false,
  logSeverityLevel: 3,
};

/**
 * Opens a session on a graph with input `features` [rows, width] and outputs `probability` and `margin` [rows, 1], and
 * runs it once, so that the first patient does not wait for lazy initialisation.
 * @throws BrokenModelError when the graph is not one, has other inputs or outputs, or gives no probability.
 */
export async function openScorer(onnx: Uint8Array, width: number): Promise<Scorer> {
  const session = await InferenceSession.create(onnx, OPTIONS).catch((cause: unknown) => {
    throw new BrokenModelError('ONNX Runtime refuses the graph', cause);
  });
  const names = [...session.inputNames, ...session.outputNames].sort().join();
  if (names !== 'features,margin,probability') throw new BrokenModelError(`the graph has ${names}`);

  const single = new Float32Array(width);
  const singleFeeds = { features: new Tensor('float32', single, [1, width]) };
  let singleInUse = false;

  const run = async (rows: number, feeds: { features: Tensor }): Promise<Score[]> => {
    const { probability, margin } = await session.run(feeds);
    return Array.from({ length: rows }, (_, row) => ({
      probability: Number(probability?.data[row]),
      margin: Number(margin?.data[row]),
    }));
  };
  const score: Scorer['score'] = async (rows, fill) => {
    // The reused matrix serves one call; a second one beside it, which Lambda never makes, gets its own.
    if (rows !== 1 || singleInUse) {
      const matrix = new Float32Array(rows * width);
      fill(matrix);
      return run(rows, { features: new Tensor('float32', matrix, [rows, width]) });
    }
    singleInUse = true;
    try {
      fill(single);
      return await run(1, singleFeeds);
    } finally {
      singleInUse = false;
    }
  };

  const [warm] = await score(1, (matrix) => matrix.fill(Number.NaN));
  if (warm === undefined || !(warm.probability >= 0 && warm.probability <= 1)) {
    await session.release();
    throw new BrokenModelError(`an encounter of missing values scores ${warm?.probability}`);
  }
  return { score, release: () => session.release() };
}

export class BrokenModelError extends Error {
  override readonly name = 'BrokenModelError';
  constructor(what: string, cause?: unknown) {
    super(`the model cannot be served: ${what}; promote another version`, { cause });
  }
}
