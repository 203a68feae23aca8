// Taking a batch back: from then on plans leave it out, and what it holds is free. Nothing is erased.
import type { Claims, Withdrawal } from './claims.ts';

export interface WithdrawalFacts {
  readonly batch_id: number;
  readonly reason: string;
  readonly actor: string;
  /** ISO 8601, UTC. */
  readonly time: string;
}

export type WithdrawalAnswer =
  | { readonly ok: true; readonly entry: Withdrawal }
  | { readonly ok: false; readonly why: 'unknown' | 'gone'; readonly message: string };

/** The entry that withdraws a batch, to be appended to the log that `claims` are of; or why there is none. */
export function withdraw(claims: Claims, facts: WithdrawalFacts): WithdrawalAnswer {
  const { batch_id } = facts;
  if (claims.live.some((batch) => batch.batch_id === batch_id)) {
    return { ok: true, entry: { action: 'withdrawn', seq: claims.last + 1, ...facts } };
  }
  const known = claims.byId.get(batch_id);
  if (known === undefined) {
    return { ok: false, why: 'unknown', message: `There is no batch ${batch_id}; GET /quarantine lists them.` };
  }
  const standing = claims.live.find(({ position }) => position === known.position);
  const message =
    standing === undefined
      ? `Batch ${batch_id} is withdrawn already.`
      : `Batch ${batch_id} is withdrawn or replaced already: its rows are those of batch ${standing.batch_id} now.`;
  return { ok: false, why: 'gone', message };
}

/** The withdrawn batches in words, for the ledger and for messages; null when there is none. */
export function tellWithdrawn({ withdrawn }: Pick<Claims, 'withdrawn'>): string | null {
  if (withdrawn.length === 0) return null;
  const told = withdrawn.map(({ batch, withdrawal }) => `${batch.batch_id} (${withdrawal.reason})`);
  return `without withdrawn batch${told.length === 1 ? '' : 'es'} ${told.join(', ')}`;
}
