// Trained models with their answers to the test rows.
import { readObject } from '../../aws/objects.ts';
import { type Model, parseModel } from '../../core/candidates/model.ts';
import { probabilities } from '../../core/candidates/score.ts';
import type { Signature } from '../../core/candidates/signature.ts';
import { sha256Hex } from '../../core/canonical.ts';
import type { LabelledMatrix } from '../../core/encounter/matrix.ts';
import { readMetadata } from '../../core/onnx/metadata.ts';
import { verifiedBytes } from '../../core/provenance/artifact.ts';
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

/**
 * The hash vouches for the graph, and the graph's metadata for the files beside it.
 * @throws DamagedArtifactError if any of the stored bytes are not those that were written
 */
export async function loadModel(sha256: string): Promise<StoredModel> {
  const read = async (file: 'model.onnx' | 'trees.json' | 'signature.json', expected: string) => {
    const key = keys.model(sha256, file);
    return verifiedBytes(key, await readObject(key), expected);
  };
  const onnx = await read('model.onnx', sha256);
  const metadata = readMetadata(onnx);
  const trees = await read('trees.json', metadata.get('trees_sha256') ?? '');
  const signature = await read('signature.json', metadata.get('signature_sha256') ?? '');
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
