// All that is published at one instant, as read from the tables, the executions and the ledger.
import type { DatasetIdentity } from '../dataset/identity.ts';
import type { Evaluation } from '../evaluation/schema.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Counts } from './counts.ts';

export interface ExecutionFacts {
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Null while it runs. */
  readonly endedAt: number | null;
}

export interface BatchFacts {
  readonly batchId: number;
  readonly rows: number;
  readonly clean: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly eligible: Readonly<Record<string, number>>;
}

export interface GateFacts {
  readonly decisions: { readonly promoted: number; readonly rejected: number };
  /** Checks of the newest decision. */
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly value: number | null }[];
}

export interface LedgerFacts {
  readonly valid: boolean;
  /** Entries by action. */
  readonly changes: Readonly<Record<string, number>>;
  /** Promotions by the gate's stated reason, or `operator`. */
  readonly kinds: Readonly<Record<string, number>>;
  /** A hold stops the pipeline from promoting. */
  readonly held: boolean;
  readonly rev: number;
  /** The last entry that changed who serves. */
  readonly head: LedgerEntry | null;
}

export interface ChampionFacts {
  readonly algorithm: string;
  readonly dataset: DatasetIdentity;
  readonly trainedAt: number;
  readonly evaluation: Evaluation;
}

export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly readAt: number;
  readonly counts: Counts;
  readonly executions: readonly ExecutionFacts[];
  /** Batches cut from uploaded files, and those of them that are cleaned. */
  readonly batches: number;
  readonly cleaned: readonly BatchFacts[];
  readonly gate: GateFacts;
  readonly ledger: LedgerFacts;
  /** Registered model versions. */
  readonly versions: number;
  readonly champion: ChampionFacts | null;
}
