// What the gate decides on. A check that needs more adds its facts here, optional where they may be missing.

import type { Evaluation, PairedComparison, PairedSlices } from '../evaluation/schema.ts';

/** All comparisons are challenger (a) against the other (b), on the challenger's test rows and the same resamples. */
export interface GateInput {
  readonly challenger: Evaluation;
  /** Null for the first model. */
  readonly champion: { readonly paired: PairedComparison; readonly slicesPaired: PairedSlices } | null;
  readonly baselines: {
    readonly constant: PairedComparison;
    /** Scores that are added up at the bedside, by name: core/bedside. */
    readonly bedside?: Readonly<Record<string, PairedComparison>>;
    /** The run's candidates of simpler algorithms than the challenger's, by name. */
    readonly simpler?: Readonly<Record<string, PairedComparison>>;
  };
}
