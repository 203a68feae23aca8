// Reads all that is published at one instant: counters, executions, batches, gate, ledger, champion.
import * as z from 'zod';
import { now } from '../../aws/clock.ts';
import { readCounters } from '../../aws/counters.ts';
import { executionSummary, recentExecutions } from '../../aws/execution-history.ts';
import { ledgerEntries, ledgerMark, modelVersions } from '../../aws/registry.ts';
import { batches, runs } from '../../aws/tracking.ts';
import type { BatchFacts, ExecutionFacts, GateFacts, LedgerFacts, Snapshot } from '../../core/exposition/snapshot.ts';
import { COUNT_PREFIX, fromItems } from '../../core/exposition/stored.ts';
import { gateDecisionSchema } from '../../core/gate/decision.ts';
import { ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { holdAt, lastChange } from '../../core/ledger/history.ts';
import { verifyLedger } from '../../core/ledger/verify.ts';
import { readChampion } from './champion.ts';

/** Step Functions' largest page; more would cost more calls a reading than the figure is worth. */
const EXECUTIONS = 1000;

export async function readSnapshot(): Promise<Snapshot> {
  const [counters, executions, all, cleaned, ledger, versions, outcomes] = await Promise.all([
    readCounters(COUNT_PREFIX),
    recentExecutions(EXECUTIONS),
    batches.all(),
    batches.cleaned(),
    readLedger(),
    modelVersions(),
    runs.outcomes(),
  ]);
  const [checks, champion] = await Promise.all([newestChecks(executions), readChampion(ledger.head)]);
  const decided = (word: 'promoted' | 'rejected') => outcomes.filter(({ outcome }) => outcome === word).length;
  return {
    readAt: Date.parse(now()),
    counts: fromItems(counters),
    executions: executions.map(executionFacts),
    batches: all.length,
    cleaned: cleaned.map(
      (batch): BatchFacts => ({
        batchId: batch.batch_id,
        rows: batch.rows,
        clean: batch.clean,
        quarantined: batch.quarantined,
        eligible: batch.splits,
      }),
    ),
    gate: { decisions: { promoted: decided('promoted'), rejected: decided('rejected') }, checks },
    ledger,
    versions: versions.length,
    champion,
  };
}

type Listed = Awaited<ReturnType<typeof recentExecutions>>[number];

function executionFacts({ status, started_at: started, stopped_at: stopped }: Listed): ExecutionFacts {
  return { status, startedAt: Date.parse(started ?? ''), endedAt: stopped === null ? null : Date.parse(stopped) };
}

/** The mark before the entries: an append between the two readings is no finding. */
async function readLedger(): Promise<LedgerFacts> {
  const expectedHead = await ledgerMark();
  const entries = await ledgerEntries();
  const parsed = entries.flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
  return {
    valid: verifyLedger(entries, expectedHead === null ? {} : { expectedHead }).valid,
    changes: countBy(parsed, ({ action }) => action),
    kinds: countBy(parsed, ({ action, kind }) => (action === 'promote' ? (kind ?? 'operator') : null)),
    held: holdAt(parsed, now()) !== null,
    rev: parsed.at(-1)?.rev ?? 0,
    head: lastChange(parsed),
  };
}

function countBy<T>(all: readonly T[], of: (one: T) => string | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of all) {
    const name = of(one);
    if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const summarySchema = z.object({ gate: gateDecisionSchema });
/** Executions that found nothing new have no gate: a few of them may stand before the newest that has one. */
const LOOKED_AT = 5;

async function newestChecks(executions: readonly Listed[]): Promise<GateFacts['checks']> {
  for (const { name } of executions.filter(({ status }) => status === 'SUCCEEDED').slice(0, LOOKED_AT)) {
    const summary = summarySchema.safeParse(await executionSummary(name));
    if (summary.success) return summary.data.gate.checks;
  }
  return [];
}
