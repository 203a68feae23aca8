// Growing the ledger: the one entry that may follow a given head.

import { hashEntry, type LedgerEntry, type LedgerFacts, ledgerFactsSchema } from './entry.ts';

/** How far the writer's clock may lag behind the head's time before the entry is refused. */
const MAX_CLOCK_LAG_MS = 5 * 60_000;

/** The facts cannot follow this head; retrying with the same facts will not help. */
export class LedgerEntryRefusedError extends Error {
  override readonly name = 'LedgerEntryRefusedError';
}

/**
 * The entry that follows `previous` (null: the first entry, rev 1). Two writers that read the same head compute the same
 * rev, so a conditional put lets exactly one of them win; the loser reads the new head and calls this again.
 *
 * Times never go backwards in a ledger: a clock that lags behind the head by up to five minutes (skew between machines)
 * is lifted to the head's time; a larger lag is refused.
 * @throws {LedgerEntryRefusedError} malformed facts, another model or alias than the head's, a lagging clock.
 */
export function nextEntry(previous: LedgerEntry | null, facts: LedgerFacts): LedgerEntry {
  const parsed = ledgerFactsSchema.safeParse(facts);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new LedgerEntryRefusedError(`ledger entry: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const entry = {
    ...parsed.data,
    time: previous === null ? facts.time : timeAfter(previous, facts),
    rev: previous === null ? 1 : previous.rev + 1,
    previous_hash: previous === null ? null : previous.hash,
  };
  return { ...entry, hash: hashEntry(entry) };
}

function timeAfter(previous: LedgerEntry, facts: LedgerFacts): string {
  if (previous.model !== facts.model || previous.alias !== facts.alias) {
    throw new LedgerEntryRefusedError(
      `the head belongs to ${previous.model}#${previous.alias}, the entry to ${facts.model}#${facts.alias}`,
    );
  }
  const lag = Date.parse(previous.time) - Date.parse(facts.time);
  if (lag > MAX_CLOCK_LAG_MS) {
    throw new LedgerEntryRefusedError(
      `the clock says ${facts.time}, but the head is of ${previous.time}: set the clock`,
    );
  }
  return lag > 0 ? previous.time : facts.time;
}
