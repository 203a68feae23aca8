// Promote: appends the challenger to the ledger, if the champion is still the one that the gate compared it with.

import { checkpointStore, isSignedBeyond } from '../../aws/checkpoints.ts';
import { claimEntries } from '../../aws/claims.ts';
import { now } from '../../aws/clock.ts';
import { logLine } from '../../aws/log.ts';
import { appendToLedger, ledgerEntries, ledgerEntry, ledgerHead, servedModel } from '../../aws/registry.ts';
import { defineStep, type Execution } from '../../aws/step.ts';
import { executions, runs } from '../../aws/tracking.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { TamperedLedgerError, verifiedHead } from '../../core/ledger/head.ts';
import { nextEntry } from '../../core/ledger/next.ts';
import { verifyLedger } from '../../core/ledger/verify.ts';
import { claimEntrySchema, foldClaims } from '../../core/run/claims.ts';
import { type Decision, decisionSchema } from '../../core/run/decision.ts';
import { tellWithdrawn } from '../../core/run/withdraw.ts';
import { publishCheckpoint } from '../../core/transparency/log.ts';

type PromoteOutput =
  | { readonly outcome: 'promoted'; readonly run_id: string; readonly version: number; readonly rev: number }
  | { readonly outcome: 'champion_changed'; readonly run_id: string };

export const handler = defineStep<Decision, PromoteOutput>({
  state: 'Promote',
  input: decisionSchema,
  work: async (decision, execution) => {
    const entry = await promote(decision, execution);
    if (entry === null) return { output: { outcome: 'champion_changed', run_id: decision.run_id } };
    await sign();
    await record(decision, execution, entry);
    return {
      output: { outcome: 'promoted', run_id: decision.run_id, version: entry.version, rev: entry.rev },
      facts: { version: entry.version, rev: entry.rev, hash: entry.hash },
    };
  },
});

/** The ledger entry of this decision, new or left by an earlier attempt; null if another promotion came between. */
async function promote(decision: Decision, execution: Execution): Promise<LedgerEntry | null> {
  if (decision.challenger === null) throw new NothingToPromoteError(decision.run_id);
  const earlier = await ours(decision);
  if (earlier !== null) return earlier;
  const head = await ledgerHead(verifiedHead);
  if (await isSignedBeyond(head?.rev ?? 0))
    throw new TamperedLedgerError(`entries after rev ${head?.rev ?? 0} were removed`);
  if ((head?.rev ?? 0) !== decision.champion_rev) return null;
  const entry = nextEntry(head, {
    ...servedModel(),
    version: decision.challenger.version,
    model_sha256: decision.challenger.model_sha256,
    action: 'promote',
    actor: `pipeline:${execution.name}`,
    time: now(),
    reason: [decision.reason, tellWithdrawn(foldClaims(await claimEntries(claimEntrySchema)))]
      .filter(Boolean)
      .join('; '),
    evidence: decision.evidence,
    ...(decision.evidence_sha256 === undefined ? {} : { evidence_sha256: decision.evidence_sha256 }),
    ...(decision.manifest_sha256 === undefined ? {} : { manifest_sha256: decision.manifest_sha256 }),
  });
  if (await appendToLedger(entry)) return entry;
  return ours(decision);
}

/** The entry stands, whatever becomes of its checkpoint: the next one covers it too, and the log says that this one failed. */
async function sign(): Promise<void> {
  const store = checkpointStore();
  if (store === null) return;
  const stored = await ledgerEntries();
  const check = verifyLedger(stored);
  try {
    if (!check.valid) throw new TamperedLedgerError(check.text);
    await publishCheckpoint(
      stored.map((entry) => ledgerEntrySchema.parse(entry)),
      store,
    );
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
    logLine({ event: 'checkpoint_failed', rev: stored.length, error: name, message });
  }
}

/** The entry that an earlier attempt at this decision wrote: it can stand in one place only, whatever came after it. */
async function ours({ champion_rev, evidence, challenger }: Decision): Promise<LedgerEntry | null> {
  const entry = await ledgerEntry(champion_rev + 1, ledgerEntrySchema);
  return entry?.evidence === evidence && entry.model_sha256 === challenger?.model_sha256 ? entry : null;
}

async function record(decision: Decision, execution: Execution, entry: LedgerEntry): Promise<void> {
  const outcome = 'promoted';
  const { run_id, reason } = decision;
  await executions.saveSummary(execution.name, {
    ...(await runs.report(run_id)),
    outcome,
    reason,
    version: entry.version,
    rev: entry.rev,
    started_at: execution.started_at,
  });
  await runs.saveOutcome({ run_id, outcome, reason, execution: execution.name, version: entry.version });
}

export class NothingToPromoteError extends Error {
  override readonly name = 'NothingToPromoteError';
  constructor(runId: string) {
    super(`run ${runId} has no challenger, yet it was sent to Promote: the gate's Choice is wrong`);
  }
}
