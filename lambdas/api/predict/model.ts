// A promoted model in memory: fetched by its sha256, checked, ready to score and explain encounters.
import { logLine } from '../../aws/log.ts';
import { readObject } from '../../aws/objects.ts';
import { parseModel } from '../../core/candidates/model.ts';
import type { Signature } from '../../core/candidates/signature.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import type { Encounter } from '../../core/encounter/contract.ts';
import { type FeatureSet, featureSet } from '../../core/encounter/features/index.ts';
import { type Explanation, prepareExplainer } from '../../core/explain/explainer.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { readMetadata } from '../../core/onnx/metadata.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { DamagedArtifactError, verifiedBytes } from '../../core/provenance/artifact.ts';
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
  /** The first call fetches the trees. @throws ProblemError 503 when they are not those of the graph. */
  explain(encounter: Encounter, score: Score): Promise<Explanation>;
  release(): Promise<void>;
}

/** The graph answers in float32 and adds in another order. */
const MARGIN_TOLERANCE = 1e-3;

/**
 * Fetches and warms the model of a ledger entry.
 * @throws BrokenModelError when its bytes, its signature or its features are not what was promoted.
 */
export async function loadModel(entry: LedgerEntry): Promise<ServedModel> {
  const sha256 = entry.model_sha256;
  const [onnx, signed] = await Promise.all([
    readObject(keys.model(sha256, 'model.onnx')),
    readObject(keys.model(sha256, 'signature.json')),
  ]);
  if (sha256Hex(onnx) !== sha256) throw new BrokenModelError('model.onnx does not have the sha256 of the ledger');
  const metadata = readMetadata(onnx);
  const signature = parseSignature(signed, metadata.get('signature_sha256'));
  const dataset = datasetNamed(signature.training_data.dataset.name);
  const set = featureSet(dataset);
  const { features, write } = set;
  if (signature.features_sha256 !== sha256Hex(canonicalJson(features))) {
    throw new BrokenModelError('it was trained on other features than this code computes');
  }
  const width = features.length;
  const scorer = await openScorer(onnx, width);
  return {
    entry,
    signature,
    version: String(entry.version),
    score: (encounters) =>
      scorer.score(encounters.length, (matrix) => {
        let offset = 0;
        for (const encounter of encounters) {
          write(encounter, matrix, offset);
          offset += width;
        }
      }),
    warnings: warningsOf(signature.seen, dataset),
    explain: lazyExplainer(sha256, set, metadata.get('trees_sha256')),
    release: scorer.release,
  };
}

/** The model's graph vouches for the files beside it by their sha256, as the ledger does for the graph. */
function parseSignature(bytes: Uint8Array, expected: string | undefined): Signature {
  if (sha256Hex(bytes) !== expected)
    throw new BrokenModelError('signature.json is not the one that belongs to the graph');
  return signatureSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

function lazyExplainer(
  sha256: string,
  { features, write }: FeatureSet,
  expected: string | undefined,
): ServedModel['explain'] {
  const row = new Float32Array(features.length);
  const prepare = async () => {
    const key = keys.model(sha256, 'trees.json');
    const bytes = verifiedBytes(key, await readObject(key), expected ?? '');
    return prepareExplainer(parseModel(new TextDecoder().decode(bytes)), features);
  };
  let prepared: ReturnType<typeof prepare> | null = null;
  return async (encounter, { margin }) => {
    prepared ??= prepare();
    const explain = await prepared.catch((error: unknown) => {
      prepared = null; // the next request may find the object again
      if (error instanceof DamagedArtifactError) throw notExplained(error.message);
      // Missing and forbidden look alike to a function that may list nothing.
      const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
      logLine({ event: 'trees_unreadable', error: name, message });
      throw notExplained('its trees.json cannot be read');
    });
    write(encounter, row, 0);
    const explanation = explain(row);
    if (Math.abs(explanation.margin - margin) <= MARGIN_TOLERANCE) return explanation;
    throw notExplained('trees and graph give different margins');
  };
}

function notExplained(why: string): ProblemError {
  return new ProblemError(
    'unavailable',
    `The model cannot be explained: ${why}. Predictions without explain=true go on.`,
  );
}
