// Questions to a verified ledger: who served when, and what a rollback returns to.

import type { LedgerEntry } from './entry.ts';

/** The last entry that changed who serves, or null. */
export function lastChange(entries: readonly LedgerEntry[]): LedgerEntry | null {
  return entries.findLast(({ action }) => action === 'promote' || action === 'rollback') ?? null;
}

/**
 * The hold that stops the pipeline from promoting at an instant (ISO 8601), or null: the last one that neither ended by itself
 * nor was released since.
 */
export function holdAt(entries: readonly LedgerEntry[], time: string): LedgerEntry | null {
  const last = entries.findLast(({ action }) => action === 'hold' || action === 'release');
  if (last === undefined || last.action === 'release') return null;
  return last.until === undefined || Date.parse(last.until) > Date.parse(time) ? last : null;
}

/**
 * The entry in force at an instant (any ISO 8601 time), or null before the first one. An entry is in force from its own
 * time on; of several with the same time the last counts.
 * @throws {RangeError} a time that is not one.
 */
export function servedAt(entries: readonly LedgerEntry[], time: string): LedgerEntry | null {
  const instant = Date.parse(time);
  if (Number.isNaN(instant)) throw new RangeError(`"${time}" is not an ISO 8601 time such as 2026-11-01T00:00:00Z`);
  return lastChange(entries.filter((entry) => Date.parse(entry.time) <= instant));
}

/**
 * What a rollback returns to: the entry whose model served before the present one was promoted, or null when there is
 * none. Rollbacks undo promotions one after the other: after promotions of 1, 2 and 3 the first returns to 2, the second
 * to 1.
 */
export function rollbackTarget(entries: readonly LedgerEntry[]): LedgerEntry | null {
  const undo: LedgerEntry[] = [];
  for (const entry of entries) {
    if (entry.action === 'promote') undo.push(entry);
    else if (entry.action === 'rollback') while (undo.length > 0 && undo.at(-1)?.version !== entry.version) undo.pop();
  }
  const present = undo.at(-1);
  return undo.findLast((entry) => entry.version !== present?.version) ?? null;
}
