// The numeric form of encounters: what trainers fit on, what models score.

/** One model input. Category values are level indices (0-based); missing is NaN in either kind. */
export interface Feature {
  readonly name: string;
  /** The contract fields that this feature is computed from. */
  readonly sources: readonly string[];
  readonly kind: 'numeric' | 'category';
  /** Names of the levels of a category, by index. */
  readonly levels?: readonly string[];
}

/** Row-major feature values: `values[row * features.length + column]`. */
export interface FeatureMatrix {
  readonly features: readonly Feature[];
  readonly rows: number;
  readonly values: Float32Array;
}

/** A matrix with what supervised learning needs beside it; all arrays have `rows` entries. */
export interface LabelledMatrix extends FeatureMatrix {
  /** 1 = readmitted within 30 days. */
  readonly labels: Uint8Array;
  /** Patient of each row; rows of one patient are never on two sides of a split or a fold. */
  readonly groups: Float64Array;
  /** When each row happened, in any unit that ascends with time: its encounter_id, for want of a date. */
  readonly order?: Float64Array;
}
