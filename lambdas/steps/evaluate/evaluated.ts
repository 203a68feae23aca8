// All that one evaluation found, before it is written down.
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Comparison } from './compare.ts';
import type { MeasuredModel } from './measure.ts';

export interface Evaluated {
  readonly plan: Plan;
  readonly measured: readonly MeasuredModel[];
  readonly challenger: MeasuredModel;
  readonly comparison: Comparison;
  readonly version: number;
  /** The ledger's head that the challenger was compared with. */
  readonly head: LedgerEntry | null;
}
