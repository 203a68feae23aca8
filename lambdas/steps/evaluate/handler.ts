// Evaluate: measures every candidate on the test rows, compares the best one with the champion, and lets the gate decide.
import * as z from 'zod';
import { readJson } from '../../aws/objects.ts';
import { ledgerEntries, ledgerMark } from '../../aws/registry.ts';
import { defineStep } from '../../aws/step.ts';
import { batches } from '../../aws/tracking.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { verifiedEntries } from '../../core/ledger/head.ts';
import { lastChange } from '../../core/ledger/history.ts';
import type { Decision } from '../../core/run/decision.ts';
import { keys } from '../../core/run/keys.ts';
import { partsOf, trainingRowsHash } from '../../core/run/parts.ts';
import { planSchema } from '../../core/run/plan.ts';
import { trainedSchema } from '../../core/run/trained.ts';
import { loadChampion } from './champion.ts';
import { compare } from './compare.ts';
import { failedCandidates } from './failed-candidates.ts';
import { bedsideProbabilities, loadHistory } from './history.ts';
import { measureAll } from './measure.ts';
import { evidenceKey, keepScores, register, saveEvaluation, saveRefusal } from './record.ts';
import { loadTestRows } from './rows.ts';

const inputSchema = z.object({
  run_id: z.string().min(1),
  candidates: z.array(trainedSchema).min(1),
});

export const handler = defineStep<z.infer<typeof inputSchema>, Decision>({
  state: 'Evaluate',
  input: inputSchema,
  work: async ({ run_id, candidates }, execution) => {
    const plan = await readJson(keys.plan(run_id), planSchema);
    const dataset = datasetNamed(plan.dataset.name);
    const head = await servingEntry();
    const champion = head === null ? null : await loadChampion(head);
    const failed = failedCandidates(candidates, plan.candidates, champion?.stored.signature.algorithm ?? null);
    const trained = candidates.filter((candidate) => candidate.outcome === 'trained');
    const parts = partsOf(plan, await batches.cleaned());
    assertSameRows(trained, trainingRowsHash(parts));
    const test = await loadTestRows(parts, dataset);
    const refusal = trained.length === 0 ? nothingUsable(candidates) : test.reasonNotToMeasure;
    if (refusal !== null) return saveRefusal(plan, head?.rev ?? 0, refusal);

    const history = await loadHistory(parts, dataset);
    const { all: measured, challenger } = await measureAll(plan, trained, test, history);
    const evidence = evidenceKey(plan, head?.rev ?? 0);
    const bedside = bedsideProbabilities(history, test.bedside);
    const comparison = await compare(challenger, measured, champion, test, bedside, {
      ...{ plan, evidence, now: execution.started_at },
    });
    await keepScores(challenger, test);
    const version = await register(plan, challenger);
    return saveEvaluation(
      { plan, parts, trained, failed, measured, challenger, comparison, version, head },
      execution.started_at,
    );
  },
});

/** The entry that put the champion in place: a hold after it changes nothing about who serves. */
async function servingEntry(): Promise<LedgerEntry | null> {
  const mark = await ledgerMark();
  return lastChange(verifiedEntries(mark, await ledgerEntries()));
}

function nothingUsable(candidates: readonly z.infer<typeof trainedSchema>[]): string {
  const reasons = candidates.flatMap((candidate) => (candidate.outcome === 'nothing_usable' ? [candidate.reason] : []));
  return reasons[0] ?? 'no candidate could be trained';
}

/** Every candidate must have been trained on the very rows that the records of now name. */
function assertSameRows(trained: readonly { index: number; rows_sha256: string }[], rows: string): void {
  const other = trained.find(({ rows_sha256 }) => rows_sha256 !== rows);
  if (other !== undefined) throw new ChangedRowsError(other.index);
}

export class ChangedRowsError extends Error {
  override readonly name = 'ChangedRowsError';
  constructor(index: number) {
    super(`candidate ${index} was trained on other clean rows than are recorded now: start the pipeline again`);
  }
}
