// Plan: fixes which rows a run uses, now that they are cleaned; tells whether they are any that no run has seen.
import { claimEntries } from '../../aws/claims.ts';
import { putFirst, readJson } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { defineStep, type Execution } from '../../aws/step.ts';
import { batches, type CleanedBatch, executions, heldDataset, runs } from '../../aws/tracking.ts';
import { expandCandidates } from '../../core/candidates/search.ts';
import { canonicalJson } from '../../core/canonical.ts';
import { DEFAULT_DATASET } from '../../core/dataset/named.ts';
import { type Claims, claimEntrySchema, foldClaims } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import { type PlannedBatch, planRun, planSchema } from '../../core/run/plan.ts';
import { tellWithdrawn } from '../../core/run/withdraw.ts';
import { type PlanInput, planInputSchema } from './input.ts';
import { recordedPromotion } from './promoted-before.ts';
import { tellServedWithdrawn } from './served-withdrawn.ts';
import { whyUnchanged } from './unchanged.ts';

type PlanOutput =
  | { readonly outcome: 'unchanged' | 'promoted'; readonly run_id: string; readonly reason: string }
  | {
      readonly outcome: 'planned';
      readonly run_id: string;
      readonly candidates: readonly { readonly index: number }[];
    };

export const handler = defineStep<PlanInput, PlanOutput>({
  state: 'Plan',
  input: planInputSchema,
  work: async ({ request, new_batches }, execution) => {
    const cleaned = await batches.cleaned();
    const claims = foldClaims(await claimEntries(claimEntrySchema));
    const planned = plannedBatches(claims, cleaned);
    const plan = planRun({
      dataset: (await heldDataset.get()) ?? DEFAULT_DATASET,
      batches: planned,
      candidates: expandCandidates(request.candidates),
      codeVersion: settings().codeVersion,
      splitSalt: settings().splitSalt,
    });
    const facts = { run_id: plan.run_id, dataset_sha256: plan.dataset_sha256 };
    const promoted = await recordedPromotion(plan.run_id, execution);
    if (promoted !== null) return { output: promoted, facts };

    const usable = planned.some(({ eligible }) => eligible > 0);
    const ended = await runs.outcome(plan.run_id);
    if (ended !== null || !usable) {
      const brought = cleaned.filter(({ batch_id }) => new_batches.includes(batch_id));
      const notes = [tellWithdrawn(claims), await tellServedWithdrawn(claims)];
      const reason = [whyUnchanged(brought, ended), ...notes].filter(Boolean).join('; ');
      await saveUnchanged(execution, request.source, plan.run_id, reason);
      return { output: { outcome: 'unchanged', run_id: plan.run_id, reason }, facts };
    }
    // The same rows may stand under other batch numbers in a plan that an earlier attempt fixed: the first stands.
    await putFirst(keys.plan(plan.run_id), canonicalJson(plan), 'application/json');
    const { candidates } = await readJson(keys.plan(plan.run_id), planSchema);
    return {
      output: { outcome: 'planned', run_id: plan.run_id, candidates: candidates.map((_, index) => ({ index })) },
      facts,
    };
  },
});

/** Batches that count and are cleaned. One that another execution is cleaning is left to that execution's plan. */
function plannedBatches({ live }: Claims, cleaned: readonly CleanedBatch[]): PlannedBatch[] {
  const eligibleOf = new Map(cleaned.map(({ batch_id, eligible }) => [batch_id, eligible]));
  return live.flatMap(({ batch_id, sha256, ids_sha256, source_key }) => {
    const eligible = eligibleOf.get(batch_id);
    return eligible === undefined ? [] : [{ batch_id, sha256, ids_sha256, source_key, eligible }];
  });
}

function saveUnchanged(execution: Execution, source: string, run_id: string, reason: string): Promise<void> {
  return executions.saveSummary(execution.name, {
    outcome: 'unchanged',
    run_id,
    source,
    started_at: execution.started_at,
    reason,
  });
}
