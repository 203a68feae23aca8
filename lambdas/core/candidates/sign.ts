// Makes the signature of a fitted model: what serving needs to know, all of it from training and validation rows.
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { type DatasetIdentity, identityOf } from '../dataset/identity.ts';
import type { Feature } from '../encounter/matrix.ts';
import type { Ranking } from '../evaluation/ranking.ts';
import { reliabilityTable } from '../evaluation/reliability.ts';
import { chooseThreshold } from '../evaluation/threshold.ts';
import type { SeenValues, Signature } from './signature.ts';

export interface SignatureParts {
  readonly modelName: string;
  readonly algorithm: string;
  readonly runId: string;
  readonly features: readonly Feature[];
  readonly datasetSha256: string;
  readonly dataset: DatasetIdentity;
  readonly train: { readonly probabilities: Float64Array; readonly labels: Uint8Array };
  /** Validation rows by calibrated probability. */
  readonly validation: Ranking;
  readonly seen: Readonly<Record<string, SeenValues>>;
}

/** Share of validation rows that the threshold flags: the care that follows a flag is limited, so a share is fixed. */
const FLAGGED_SHARE = 0.1;

export function makeSignature(parts: SignatureParts): Signature {
  return {
    model_name: parts.modelName,
    algorithm: parts.algorithm,
    run_id: parts.runId,
    features: parts.features,
    features_sha256: sha256Hex(canonicalJson(parts.features)),
    threshold: chooseThreshold(parts.validation.probability, FLAGGED_SHARE),
    training_data: {
      dataset_sha256: parts.datasetSha256,
      dataset: identityOf(parts.dataset),
      rows: parts.train.labels.length,
      positives: countPositives(parts.train.labels),
    },
    seen: parts.seen,
    score_quantiles: percentiles(parts.train.probabilities),
    reliability: reliabilityTable(parts.validation).map(({ upper, mean_predicted, observed, rows }) => ({
      upper,
      mean_predicted,
      observed,
      rows,
    })),
  };
}

/** 101 values: the p-th is the smallest score that at least p % of the rows do not exceed. */
function percentiles(scores: Float64Array): number[] {
  const ascending = scores.toSorted();
  return Array.from({ length: 101 }, (_, p) => ascending[Math.max(0, Math.ceil((p / 100) * ascending.length) - 1)]);
}

function countPositives(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0);
}
