// The log of claims in Tracking: appended to by a conditional put of the next number, never changed.
import type { z } from 'zod';
import type { ClaimEntry } from '../core/run/claims.ts';
import { settings } from './settings.ts';
import { getItem, numberedKey, putItemIfAbsent, queryItems } from './tables.ts';

const PARTITION = 'claims';

/** All entries, oldest first. */
export function claimEntries(schema: z.ZodType<ClaimEntry>): Promise<ClaimEntry[]> {
  return queryItems(settings().trackingTable, PARTITION, 'claim#', schema);
}

export function claimEntry(seq: number, schema: z.ZodType<ClaimEntry>): Promise<ClaimEntry | null> {
  return getItem(settings().trackingTable, PARTITION, numberedKey('claim', seq), schema);
}

/** Appends an entry unless its number is taken; false means that another writer was first: read the log again. */
export function appendClaim(entry: ClaimEntry): Promise<boolean> {
  return putItemIfAbsent(settings().trackingTable, { pk: PARTITION, sk: numberedKey('claim', entry.seq), ...entry });
}
