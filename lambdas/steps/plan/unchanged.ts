// Why an execution ends before it trains, in a sentence.
import type { CleanedBatch, RunOutcome } from '../../aws/tracking.ts';

/**
 * @param brought what the execution's own batches gave when they were cleaned
 * @param ended how the run over the rows that there are ended; null when there is no usable row at all
 */
export function whyUnchanged(brought: readonly CleanedBatch[], ended: RunOutcome | null): string {
  const before = ended === null ? '' : `nothing new since run ${ended.run_id}: ${ended.reason}`;
  if (brought.length === 0) return before || 'there is no batch with a row that can be trained on';
  const rows = brought.reduce((sum, batch) => sum + batch.rows, 0);
  const fates = countFates(brought);
  const told = [...fates].map(([fate, count]) => `${count} ${fate}`).join(', ');
  const usable = brought.reduce((sum, batch) => sum + batch.eligible, 0);
  if (usable > 0) return before;
  const none = `none of the ${rows} new rows can be trained on (${told})`;
  return before === '' ? `${none}, and there is no other` : `${none}; ${before}`;
}

/** Rows by what became of them: the reason of the quarantine, or not eligible (death or hospice). */
function countFates(brought: readonly CleanedBatch[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (fate: string, count: number) => {
    if (count > 0) counts.set(fate, (counts.get(fate) ?? 0) + count);
  };
  for (const { quarantined, clean, eligible } of brought) {
    for (const [reason, count] of Object.entries(quarantined)) add(reason, count);
    add('not eligible', clean - eligible);
  }
  return counts;
}
