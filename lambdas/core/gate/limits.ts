// The gate's limits in one table, each with its reason.

export interface GateLimits {
  /** Largest expected calibration error. */
  readonly ece: number;
  /**
   * Above `value`, information from after the discharge has leaked into the features; unless rows are so few that the
   * interval reaches below `low`, what honest models attain.
   */
  readonly leakAuroc: { readonly value: number; readonly low: number };
  /**
   * Of the newest later window. `ece`: looser than on random patients, since a rate that moves is no fault of the fit. Observed
   * over expected: its interval must reach into the range; a third too many or too few misplaces the care that follows a flag.
   * `auroc`: its interval must reach it, which the best bedside score does not.
   */
  readonly temporal: {
    readonly ece: number;
    readonly observedExpected: readonly [number, number];
    readonly auroc: number;
  };
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
  temporal: { ece: 0.03, observedExpected: [0.75, 1.33], auroc: 0.62 },
  margin: { logLoss: 0.0005, auroc: 0.002 },
  gain: { logLoss: 0.0001, auroc: 0.0005 },
  subgroup: { rows: 500, positives: 30, drop: 0.03 },
};
