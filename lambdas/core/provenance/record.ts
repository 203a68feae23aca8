import { canonicalJson, sha256Hex } from '../canonical.ts';

/** sha256 of a record as a table keeps it: members without a value are left out, as they are there. */
export function recordHash(record: Readonly<Record<string, unknown>>): string {
  return sha256Hex(recordText(record));
}

/** Canonical JSON of what a table gives back of a record. */
export const recordText = (record: Readonly<Record<string, unknown>>): string =>
  canonicalJson(JSON.parse(JSON.stringify(record)));
