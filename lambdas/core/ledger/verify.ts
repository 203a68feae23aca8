// Whether a ledger is one unbroken chain, and if not, where it breaks.

import { hashEntry, type LedgerEntry, ledgerEntrySchema } from './entry.ts';

/** A head known from elsewhere (a log, a cache, a printed card); finds truncation and a chain rewritten with new hashes. */
export interface ExpectedHead {
  readonly rev: number;
  readonly hash: string;
}

export type LedgerProblem =
  | 'malformed' // not the fields of an entry
  | 'changed' // the content no longer gives the entry's hash
  | 'gap' // revs are missing before this one
  | 'duplicate' // this rev was there already: a fork, or entries out of order
  | 'broken_link' // previous_hash is not the hash of the entry before
  | 'foreign' // an entry of another model or alias
  | 'time_backwards' // earlier than the entry before; equal times are allowed
  | 'truncated' // the chain ends before the expected head
  | 'unlike_checkpoint' // a whole chain, but not the one that was signed
  | 'rewritten'; // a whole chain, but not the one that the expected head belongs to

export type LedgerCheck =
  | { readonly valid: true; readonly entries: number; readonly head: LedgerEntry | null }
  | { readonly valid: false; readonly rev: number; readonly problem: LedgerProblem; readonly text: string };

/**
 * Checks the stored entries, lowest rev first, from rev 1. They may be anything: what does not parse is a finding, not an
 * exception. `rev` of a finding is the first place where the chain is not as it should be.
 */
export function verifyLedger(
  entries: readonly unknown[],
  options: { readonly expectedHead?: ExpectedHead } = {},
): LedgerCheck {
  let previous: LedgerEntry | null = null;
  for (const candidate of entries) {
    const rev: number = previous === null ? 1 : previous.rev + 1;
    const parsed = ledgerEntrySchema.safeParse(candidate);
    if (!parsed.success)
      return broken(rev, 'malformed', `${parsed.error.issues[0]?.path.join('.')} is not as an entry needs it`);
    const problem = problemOf(parsed.data, previous, rev);
    if (problem !== null) return problem;
    previous = parsed.data;
    if (options.expectedHead?.rev === rev && options.expectedHead.hash !== parsed.data.hash) {
      return broken(rev, 'rewritten', `the hash is ${parsed.data.hash}, once it was ${options.expectedHead.hash}`);
    }
  }
  const last = previous?.rev ?? 0;
  if (options.expectedHead !== undefined && options.expectedHead.rev > last) {
    return broken(last + 1, 'truncated', `the ledger ends at rev ${last}, once it had rev ${options.expectedHead.rev}`);
  }
  return { valid: true, entries: entries.length, head: previous };
}

function problemOf(entry: LedgerEntry, previous: LedgerEntry | null, rev: number): LedgerCheck | null {
  if (hashEntry(entry) !== entry.hash) return broken(rev, 'changed', 'the content does not give the hash of the entry');
  if (entry.rev > rev) return broken(rev, 'gap', `rev ${entry.rev} stands where rev ${rev} belongs`);
  if (entry.rev < rev) return broken(entry.rev, 'duplicate', `rev ${entry.rev} stands again where rev ${rev} belongs`);
  if (previous === null) {
    return entry.previous_hash === null ? null : broken(rev, 'broken_link', 'the first entry names an entry before it');
  }
  if (entry.previous_hash !== previous.hash) {
    return broken(
      rev,
      'broken_link',
      `the entry follows ${entry.previous_hash}, but rev ${previous.rev} is ${previous.hash}`,
    );
  }
  if (entry.model !== previous.model || entry.alias !== previous.alias) {
    return broken(rev, 'foreign', `the entry is of ${entry.model}#${entry.alias}`);
  }
  if (Date.parse(entry.time) < Date.parse(previous.time)) {
    return broken(rev, 'time_backwards', `${entry.time} is before ${previous.time} of rev ${previous.rev}`);
  }
  return null;
}

function broken(rev: number, problem: LedgerProblem, text: string): LedgerCheck {
  return { valid: false, rev, problem, text: `rev ${rev}: ${text}` };
}
