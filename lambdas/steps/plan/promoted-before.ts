// A run that was promoted by an execution that ended before it could write that down: the ledger is what counts.
import { ledgerEntries } from '../../aws/registry.ts';
import type { Execution } from '../../aws/step.ts';
import { executions, runs } from '../../aws/tracking.ts';
import { ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { lastChange } from '../../core/ledger/history.ts';
import { keys } from '../../core/run/keys.ts';

/** Completes the record of such a run. Null for a run that the ledger does not know, or whose record is complete. */
export async function recordedPromotion(run_id: string, execution: Execution) {
  if ((await runs.outcome(run_id)) !== null) return null;
  const entries = (await ledgerEntries()).flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
  const entry = entries.findLast(
    ({ action, evidence }) => action === 'promote' && evidence.startsWith(keys.run(run_id, '')),
  );
  if (entry === undefined) return null;
  const { version, rev, reason } = entry;
  const last = lastChange(entries);
  const serves = last?.rev === rev;
  const outcome = serves ? ('promoted' as const) : ('unchanged' as const);
  const told = serves ? reason : `run ${run_id} was promoted at rev ${rev}; since then rev ${last?.rev} serves`;
  await executions.saveSummary(execution.name, {
    ...(await runs.report(run_id)),
    outcome,
    reason: told,
    version,
    rev,
    started_at: execution.started_at,
  });
  await runs.saveOutcome({ run_id, outcome: 'promoted', reason, execution: execution.name, version });
  return { outcome, run_id, reason: told };
}
