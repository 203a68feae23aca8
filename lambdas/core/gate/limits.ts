// The gate's limits in one table, each with its reason.

import type { Budget } from './budget.ts';

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
  /** False superior promotions. */
  readonly budget: Budget;
  /**
   * How much worse than the champion counts as not worse: the end of the printed 95 % interval has to lie within it, so that a
   * challenger that is worse by a whole margin passes in 2.5 % of cases.
   */
  readonly margin: {
    readonly logLoss: number;
    readonly auroc: number;
    readonly ece: number;
    readonly subgroup: number;
  };
  /** Subgroups of at least this size are asked. */
  readonly subgroup: { readonly rows: number; readonly positives: number };
  /** When a challenger that is not inferior replaces a champion without being superior. */
  readonly refresh: {
    /** Age of the champion. */
    readonly days: number;
    /** Its training rows as a share of the challenger's. */
    readonly rowsShare: number;
    /** Observed over expected in the batches that came after the champion: its limits, either way. */
    readonly observedOverExpected: number;
    /** Least rows and positives that can say so. */
    readonly rows: number;
    readonly positives: number;
  };
  /** Less than this decides nothing. */
  readonly least: {
    readonly train: { readonly rows: number; readonly positives: number };
    readonly test: { readonly rows: number; readonly positives: number };
  };
  readonly setAside: {
    /** Largest share of the new batches' rows, duplicates not counted. */
    readonly share: number;
    /** Largest share that was set aside for its label: such a loss is of the label by definition. */
    readonly labelShare: number;
    /** Level of the test that the loss depends on the label or a subgroup, for all of them together. */
    readonly level: number;
    /** A dependence that shows but is smaller moves no figure: difference between the share kept of one level and of the rest. */
    readonly difference: number;
  };
  /** Base rate of the training rows over the champion's, either way, beyond which one of the two was mislabelled. */
  readonly baseRate: { readonly ratio: number; readonly level: number };
}

/** The reasons stand in docs/gate.md, with what each was measured against. */
export const GATE_LIMITS: GateLimits = {
  ece: 0.02,
  leakAuroc: { value: 0.75, low: 0.7 },
  temporal: { ece: 0.03, observedExpected: [0.75, 1.33], auroc: 0.62 },
  // .01 for the first decision on new test rows, .0005 for the 14th on the same ones.
  budget: { total: 0.05, share: 0.2 },
  // Log loss: half of what retraining won over a frozen model (.0025). AUROC: less than the .008 that earlier stays add.
  margin: { logLoss: 0.00125, auroc: 0.005, ece: 0.01, subgroup: 0.03 },
  subgroup: { rows: 500, positives: 50 },
  refresh: { days: 90, rowsShare: 0.5, observedOverExpected: 1.1, rows: 500, positives: 50 },
  // Ten events for each of ten predictors; on fewer test rows not even the sign of an AUROC difference can be told.
  least: { train: { rows: 1000, positives: 100 }, test: { rows: 200, positives: 20 } },
  setAside: { share: 0.1, labelShare: 0.01, level: 0.001, difference: 0.02 },
  baseRate: { ratio: 1.5, level: 0.001 },
};
