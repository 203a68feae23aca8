// What speaks for renewing a champion that is not beaten.

import type { Estimate } from '../evaluation/schema.ts';

export interface RefreshFacts {
  /** Days since the champion was put in place. */
  readonly days: number;
  /** Training rows. */
  readonly rows: { readonly champion: number; readonly challenger: number };
  /** Observed over expected among the test rows of the batches that came after the champion; null when none did. */
  readonly newest: {
    readonly rows: number;
    readonly positives: number;
    readonly champion: Estimate;
    readonly challenger: Estimate;
  } | null;
}
