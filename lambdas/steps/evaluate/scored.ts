// Trained models with their answers to the test rows.
import { readObject } from '../../aws/objects.ts';
import { type Model, parseModel } from '../../core/candidates/model.ts';
import { probabilities } from '../../core/candidates/score.ts';
import type { Signature } from '../../core/candidates/signature.ts';
import { sha256Hex } from '../../core/canonical.ts';
import type { LabelledMatrix } from '../../core/encounter/matrix.ts';
import { keys } from '../../core/run/keys.ts';
import { signatureSchema } from '../../core/serving/signature-schema.ts';

export interface StoredModel {
  readonly sha256: string;
  readonly model: Model;
  readonly signature: Signature;
  readonly onnx: Uint8Array;
  /** sha256 of each stored file. */
  readonly files: Readonly<Record<'model.onnx' | 'trees.json' | 'signature.json', string>>;
}

/** A model with its calibrated probability of each test row. */
export interface ScoredModel extends StoredModel {
  readonly probabilities: Float64Array;
}

/** @throws DamagedModelError if the stored bytes are not those that the hash names */
export async function loadModel(sha256: string): Promise<StoredModel> {
  const onnx = await readObject(keys.model(sha256, 'model.onnx'));
  if (sha256Hex(onnx) !== sha256) throw new DamagedModelError(sha256);
  const trees = await readObject(keys.model(sha256, 'trees.json'));
  const signature = await readObject(keys.model(sha256, 'signature.json'));
  return {
    sha256,
    onnx,
    model: parseModel(textOf(trees)),
    signature: signatureSchema.parse(JSON.parse(textOf(signature))),
    files: { 'model.onnx': sha256, 'trees.json': sha256Hex(trees), 'signature.json': sha256Hex(signature) },
  };
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

export function score(stored: StoredModel, test: LabelledMatrix): ScoredModel {
  return { ...stored, probabilities: probabilities(stored.model, test) };
}

export class DamagedModelError extends Error {
  override readonly name = 'DamagedModelError';
  constructor(sha256: string) {
    super(`models/${sha256}/model.onnx does not have the sha256 that names it: restore the object's first version`);
  }
}
