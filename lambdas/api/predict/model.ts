// A promoted model in memory: fetched by its sha256, checked, ready to score encounters.
import { readObject } from '../../aws/objects.ts';
import type { Signature } from '../../core/candidates/signature.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import type { Encounter } from '../../core/encounter/contract.ts';
import { FEATURES, writeFeatures } from '../../core/encounter/features.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { keys } from '../../core/run/keys.ts';
import type { Warning } from '../../core/serving/answers.ts';
import { signatureSchema } from '../../core/serving/signature-schema.ts';
import { warningsOf } from '../../core/serving/warnings.ts';
import { BrokenModelError, openScorer, type Score } from './session.ts';

export interface ServedModel {
  /** The ledger entry that made this model the served one. */
  readonly entry: LedgerEntry;
  readonly signature: Signature;
  /** Registry version as the answers carry it. */
  readonly version: string;
  score(encounters: readonly Encounter[]): Promise<Score[]>;
  warnings(encounter: Encounter): Warning[];
  release(): Promise<void>;
}

const WIDTH = FEATURES.length;
const FEATURES_SHA256 = sha256Hex(canonicalJson(FEATURES));

/**
 * Fetches and warms the model of a ledger entry.
 * @throws BrokenModelError when its bytes, its signature or its features are not what was promoted.
 */
export async function loadModel(entry: LedgerEntry): Promise<ServedModel> {
  const sha256 = entry.model_sha256;
  const [onnx, signature] = await Promise.all([
    readObject(keys.model(sha256, 'model.onnx')),
    readObject(keys.model(sha256, 'signature.json')).then(parseSignature),
  ]);
  if (sha256Hex(onnx) !== sha256) throw new BrokenModelError('model.onnx does not have the sha256 of the ledger');
  if (signature.features_sha256 !== FEATURES_SHA256) {
    throw new BrokenModelError('it was trained on other features than this code computes');
  }
  const scorer = await openScorer(onnx, WIDTH);
  return {
    entry,
    signature,
    version: String(entry.version),
    score: (encounters) =>
      scorer.score(encounters.length, (matrix) => {
        for (const [row, encounter] of encounters.entries()) writeFeatures(encounter, matrix, row * WIDTH);
      }),
    warnings: warningsOf(signature.seen),
    release: scorer.release,
  };
}

function parseSignature(bytes: Uint8Array): Signature {
  try {
    return signatureSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new BrokenModelError('signature.json is malformed', cause);
  }
}
