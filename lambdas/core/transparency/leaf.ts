import { canonicalJson } from '../canonical.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import { type Hash, hashLeaf } from './merkle.ts';

/** What a leaf of the tree holds: the entry with its hash, as canonical JSON in UTF-8. */
export const leafText = (entry: LedgerEntry): string => canonicalJson(entry);

/** The leaf of an entry; it stands at index rev - 1. */
export const ledgerLeaf = (entry: LedgerEntry): Hash => hashLeaf(Buffer.from(leafText(entry)));
