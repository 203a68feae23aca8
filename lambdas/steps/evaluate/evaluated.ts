// All that one evaluation found, before it is written down.
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import type { BatchParts } from '../../core/run/parts.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Trained } from '../../core/run/trained.ts';
import type { Comparison } from './compare.ts';
import type { FailedCandidate } from './failed-candidates.ts';
import type { MeasuredModel } from './measure.ts';

export interface Evaluated {
  readonly plan: Plan;
  /** The clean rows that were trained and measured on. */
  readonly parts: readonly BatchParts[];
  /** What Train said of every candidate, measured or not. */
  readonly trained: readonly Extract<Trained, { outcome: 'trained' }>[];
  /** Candidates that could not be fitted. */
  readonly failed: readonly FailedCandidate[];
  readonly measured: readonly MeasuredModel[];
  readonly challenger: MeasuredModel;
  readonly comparison: Comparison;
  readonly version: number;
  /** The ledger's head that the challenger was compared with. */
  readonly head: LedgerEntry | null;
}
