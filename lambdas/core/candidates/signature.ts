import type { DatasetIdentity } from '../dataset/identity.ts';
import type { Feature } from '../encounter/matrix.ts';

/** How the probability that separates the two classes was chosen, and the value (0..1). */
export interface Threshold {
  readonly policy: 'top_share';
  /** Share of validation rows at or above the threshold, 0..1. */
  readonly share: number;
  readonly value: number;
}

/** What the training rows held of one contract field; predictions outside of it carry a warning. */
export type SeenValues =
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'values'; readonly values: readonly (string | boolean | null)[] };

/** signature.json beside a model: all that serving needs to call it and to read its answer. */
export interface Signature {
  readonly model_name: string;
  readonly algorithm: string;
  readonly run_id: string;
  /** Inputs of the ONNX graph in order; `features` is float32 [rows, features.length]. */
  readonly features: readonly Feature[];
  /** sha256 of the canonical JSON of `features`. */
  readonly features_sha256: string;
  readonly threshold: Threshold;
  readonly training_data: {
    readonly dataset_sha256: string;
    /** Which data the rows are of, and whether they were generated. */
    readonly dataset: DatasetIdentity;
    readonly rows: number;
    readonly positives: number;
  };
  readonly seen: Readonly<Record<string, SeenValues>>;
  /** 101 quantiles (0 %, 1 %, ... 100 %) of the calibrated probability of the training rows. */
  readonly score_quantiles: readonly number[];
  /** Reliability on validation by equal-mass bins of the score, lowest first. */
  readonly reliability: readonly {
    readonly upper: number;
    readonly mean_predicted: number;
    readonly observed: number;
    readonly rows: number;
  }[];
}
