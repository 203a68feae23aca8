// What the gate decides on. A check that needs more adds its facts here, optional where they may be missing.

import type { ClusterMean } from '../evaluation/cluster-mean.ts';
import type { Evaluation, PairedComparison, PairedSlices } from '../evaluation/schema.ts';
import type { Spending } from './budget.ts';
import type { DataFacts } from './data-facts.ts';
import type { RefreshFacts } from './refresh-facts.ts';

/** All comparisons are challenger (a) against the other (b), on the challenger's test rows and the same resamples. */
export interface GateInput {
  readonly challenger: Evaluation;
  /** Null for the first model, and for one whose champion cannot be compared. */
  readonly champion: {
    readonly paired: PairedComparison;
    readonly slicesPaired: PairedSlices;
    /** Challenger's log loss less the champion's, a row, over patients. */
    readonly logLoss: ClusterMean;
  } | null;
  readonly baselines: {
    readonly constant: PairedComparison;
    /** Scores that are added up at the bedside, by name: core/bedside. */
    readonly bedside?: Readonly<Record<string, PairedComparison>>;
    /** The run's candidates of simpler algorithms than the challenger's, by name. */
    readonly simpler?: Readonly<Record<string, PairedComparison>>;
  };
  /** Why there is a champion that the challenger cannot be compared with; absent otherwise. */
  readonly incomparable?: string;
  /** Absent without a champion. */
  readonly refresh?: RefreshFacts;
  /** The error that this decision may spend; absent without a champion that it is compared with. */
  readonly spending?: Spending;
  /** How the rows came to be what was trained and measured on. */
  readonly data?: DataFacts;
}
