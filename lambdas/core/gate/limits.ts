// The gate's limits in one table, each with its reason.

export interface GateLimits {
  /** Largest expected calibration error. */
  readonly ece: number;
  /**
   * Above `value`, information from after the discharge has leaked into the features; unless rows are so few that the
   * interval reaches below `low`, what honest models attain.
   */
  readonly leakAuroc: { readonly value: number; readonly low: number };
  /** How much worse than the champion counts as not worse. */
  readonly margin: { readonly logLoss: number; readonly auroc: number };
  /** How much better than the champion counts as better; at least one of the two must be. */
  readonly gain: { readonly logLoss: number; readonly auroc: number };
  /** Subgroups of at least this size may lose at most `drop` AUROC against the champion. */
  readonly subgroup: { readonly rows: number; readonly positives: number; readonly drop: number };
}

/** Seeds alone move AUROC by about .003 and log loss by about .0005 on this data: smaller changes decide nothing. */
export const GATE_LIMITS: GateLimits = {
  ece: 0.02,
  leakAuroc: { value: 0.75, low: 0.7 },
  margin: { logLoss: 0.0005, auroc: 0.002 },
  gain: { logLoss: 0.0001, auroc: 0.0005 },
  subgroup: { rows: 500, positives: 30, drop: 0.03 },
};
