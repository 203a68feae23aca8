// Whether something stands against a promotion by the pipeline: an operator's hold or change, or another execution's promotion.

import type { LedgerEntry } from './entry.ts';
import { holdAt, lastChange } from './history.ts';

/** Actors of the pipeline are named `pipeline:<execution>`; all others are people. */
export const PIPELINE = 'pipeline:';

export interface Stopped {
  /** compare_again: only another execution came between. The other two end the execution: people have the last word. */
  readonly outcome: 'compare_again' | 'champion_changed' | 'held';
  readonly reason: string;
}

/**
 * @param comparedWith rev of the change that the challenger was compared with; 0 for none
 * @param startedAt when the execution began, and `now`: ISO 8601
 */
export function stoppedBy(
  entries: readonly LedgerEntry[],
  comparedWith: number,
  startedAt: string,
  now: string,
): Stopped | null {
  const hold = holdAt(entries, now);
  if (hold !== null) {
    const until = hold.until === undefined ? 'until it is released' : `until ${hold.until}`;
    return { outcome: 'held', reason: `held by ${hold.actor} ${until}: ${hold.reason}` };
  }
  const since = entries.filter(({ time }) => Date.parse(time) >= Date.parse(startedAt));
  const byPerson = lastChange(since.filter(({ actor }) => !actor.startsWith(PIPELINE)));
  if (byPerson !== null) {
    const { actor, action, version, rev, reason } = byPerson;
    const what = action === 'promote' ? `promoted version ${version}` : `rolled back to version ${version}`;
    return { outcome: 'champion_changed', reason: `${actor} ${what} while this ran (rev ${rev}): ${reason}` };
  }
  const rev = lastChange(entries)?.rev ?? 0;
  return rev === comparedWith ? null : { outcome: 'compare_again', reason: `rev ${rev} came between` };
}
