// Promote: appends the challenger to the ledger, unless an operator stands against it or the champion is no longer the one that it was
// compared with.
import { checkpointStore, isSignedBeyond } from '../../aws/checkpoints.ts';
import { claimEntries } from '../../aws/claims.ts';
import { now } from '../../aws/clock.ts';
import { logLine } from '../../aws/log.ts';
import { ensuredReferenceKey } from '../../aws/reference-key.ts';
import { appendToLedger, ledgerEntries, ledgerMark, servedModel } from '../../aws/registry.ts';
import { defineStep, type Execution } from '../../aws/step.ts';
import { executions, runs } from '../../aws/tracking.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { TamperedLedgerError, verifiedEntries } from '../../core/ledger/head.ts';
import { nextEntry } from '../../core/ledger/next.ts';
import { PIPELINE, type Stopped, stoppedBy } from '../../core/ledger/stopped.ts';
import { verifyLedger } from '../../core/ledger/verify.ts';
import { claimEntrySchema, foldClaims } from '../../core/run/claims.ts';
import { type Decision, decisionSchema } from '../../core/run/decision.ts';
import { tellWithdrawn } from '../../core/run/withdraw.ts';
import { publishCheckpoint } from '../../core/transparency/log.ts';

type PromoteOutput =
  | { readonly outcome: 'promoted'; readonly run_id: string; readonly version: number; readonly rev: number }
  | { readonly outcome: Stopped['outcome']; readonly run_id: string };

export const handler = defineStep<Decision, PromoteOutput>({
  state: 'Promote',
  input: decisionSchema,
  work: async (decision, execution) => {
    // Before anything is predicted, so that no reference of an encounter is lost.
    await ensuredReferenceKey();
    const end = await promote(decision, execution);
    const { run_id } = decision;
    if ('hash' in end) {
      await sign();
      await record(decision, execution, end);
      return {
        output: { outcome: 'promoted', run_id, version: end.version, rev: end.rev },
        facts: { version: end.version, rev: end.rev, hash: end.hash },
      };
    }
    // The run gets no outcome then: the same data may be decided again once the operator lets it.
    if (end.outcome !== 'compare_again') await summarize(decision, execution, end);
    return { output: { outcome: end.outcome, run_id }, facts: { reason: end.reason } };
  },
});

/** The ledger entry of this decision, new or left by an earlier attempt; or why there is none. */
async function promote(decision: Decision, execution: Execution): Promise<LedgerEntry | Stopped> {
  if (decision.challenger === null) throw new NothingToPromoteError(decision.run_id);
  const entries = await ledger();
  const last = entries.at(-1)?.rev ?? 0;
  if (await isSignedBeyond(last)) throw new TamperedLedgerError(`entries after rev ${last} were removed`);
  const stopped = ours(entries, decision) ?? stoppedBy(entries, decision.champion_rev, execution.started_at, now());
  if (stopped !== null) return stopped;
  const entry = nextEntry(entries.at(-1) ?? null, {
    ...servedModel(),
    version: decision.challenger.version,
    model_sha256: decision.challenger.model_sha256,
    action: 'promote',
    actor: `${PIPELINE}${execution.name}`,
    time: now(),
    reason: [decision.reason, tellWithdrawn(foldClaims(await claimEntries(claimEntrySchema)))]
      .filter(Boolean)
      .join('; '),
    ...(decision.kind === undefined ? {} : { kind: decision.kind }),
    evidence: decision.evidence,
    ...(decision.evidence_sha256 === undefined ? {} : { evidence_sha256: decision.evidence_sha256 }),
    ...(decision.manifest_sha256 === undefined ? {} : { manifest_sha256: decision.manifest_sha256 }),
  });
  if (await appendToLedger(entry)) return entry;
  return ours(await ledger(), decision) ?? { outcome: 'compare_again', reason: 'another writer was first' };
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

async function ledger(): Promise<LedgerEntry[]> {
  const mark = await ledgerMark();
  return verifiedEntries(mark, await ledgerEntries());
}

function ours(entries: readonly LedgerEntry[], { evidence, challenger }: Decision): LedgerEntry | null {
  const is = (entry: LedgerEntry) =>
    entry.action === 'promote' &&
    entry.actor.startsWith(PIPELINE) &&
    entry.evidence === evidence &&
    entry.model_sha256 === challenger?.model_sha256;
  return entries.findLast(is) ?? null;
}

async function summarize({ run_id, challenger }: Decision, execution: Execution, { outcome, reason }: Stopped) {
  await executions.saveSummary(execution.name, {
    ...(await runs.report(run_id)),
    ...{ outcome, reason, version: challenger?.version ?? null, started_at: execution.started_at },
  });
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
