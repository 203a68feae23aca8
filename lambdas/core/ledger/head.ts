// Whether the ledger's last entry is what it was written as, and still the last one that was written.
import { hashEntry, type LedgerEntry, ledgerEntrySchema } from './entry.ts';
import type { ExpectedHead } from './verify.ts';

/** The stored last entry, as it stands, and the mark that every append moves with it: rev and hash of the last entry. */
export interface StoredHead {
  /** Null while nothing was appended, and in a ledger that was begun before marks were kept. */
  readonly mark: ExpectedHead | null;
  readonly entry: unknown;
}

/**
 * The pointer, or null while nothing was promoted. The mark must have been read before the entry.
 * @throws TamperedLedgerError when the entry was changed, or when the entries end before the mark.
 */
export function verifiedHead({ mark, entry }: StoredHead): LedgerEntry | null {
  if (entry === null || entry === undefined) {
    if (mark === null) return null;
    throw new TamperedLedgerError(`its entries up to rev ${mark.rev} were removed`);
  }
  const parsed = ledgerEntrySchema.safeParse(entry);
  if (!parsed.success) {
    throw new TamperedLedgerError(
      `its last entry is damaged at ${parsed.error.issues[0]?.path.join('.') || 'its fields'}`,
    );
  }
  const head = parsed.data;
  if (hashEntry(head) !== head.hash) throw new TamperedLedgerError(`rev ${head.rev} was changed by hand`);
  if (mark !== null) assertReaches(head, mark);
  return head;
}

/**
 * All entries, lowest rev first, with the last one verified as the pointer is. The mark must have been read before them.
 * @throws TamperedLedgerError as `verifiedHead`
 */
export function verifiedEntries(mark: ExpectedHead | null, stored: readonly unknown[]): LedgerEntry[] {
  verifiedHead({ mark, entry: stored.at(-1) ?? null });
  return stored.map((entry) => ledgerEntrySchema.parse(entry));
}

/** @throws TamperedLedgerError when an entry that is known to have been written is gone or another one */
export function assertReaches(head: Pick<LedgerEntry, 'rev' | 'hash'>, known: ExpectedHead): void {
  if (head.rev < known.rev) {
    throw new TamperedLedgerError(`it ends at rev ${head.rev}, but rev ${known.rev} was written: entries were removed`);
  }
  if (head.rev === known.rev && head.hash !== known.hash) {
    throw new TamperedLedgerError(`rev ${head.rev} is not the entry that was written`);
  }
}

export class TamperedLedgerError extends Error {
  override readonly name = 'TamperedLedgerError';
  constructor(what: string) {
    super(
      `the ledger was tampered with: ${what}. GET /ledger says where; restore the Registry table to the time before`,
    );
  }
}
