// Ingest: cuts a source file into registered raw batches and fixes the plan of the run.
import { putImmutable } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { defineStep, type Execution } from '../../aws/step.ts';
import { type Batch, batches, executions, runs } from '../../aws/tracking.ts';
import { expandCandidates } from '../../core/candidates/search.ts';
import { canonicalJson } from '../../core/canonical.ts';
import { keys } from '../../core/run/keys.ts';
import { type Plan, planRun } from '../../core/run/plan.ts';
import { type IngestInput, ingestInputSchema } from './input.ts';
import { ingestSource } from './source.ts';

/** What the machine routes on and hands to the Maps; nothing else travels. */
type IngestOutput =
  | { readonly outcome: 'unchanged'; readonly run_id: string; readonly reason: string }
  | {
      readonly outcome: 'ingested';
      readonly run_id: string;
      readonly batches: readonly { readonly batch_id: number }[];
      readonly candidates: readonly { readonly index: number }[];
    };

export const handler = defineStep<IngestInput, IngestOutput>({
  state: 'Ingest',
  input: ingestInputSchema,
  work: async (input, execution) => {
    const taken = await ingestSource(input);
    const known = await batches.all();
    const plan = planOf(input, known);
    await putImmutable(keys.plan(plan.run_id), canonicalJson(plan), 'application/json');
    const facts = { source: input.source, ...taken, run_id: plan.run_id, dataset_sha256: plan.dataset_sha256 };

    const ended = await runs.outcome(plan.run_id);
    if (ended !== null) {
      await executions.saveSummary(execution.name, unchangedSummary(execution, input, ended));
      return { output: { outcome: 'unchanged', run_id: plan.run_id, reason: ended.reason }, facts };
    }
    const cleaned = new Set((await batches.cleaned()).map((batch) => batch.batch_id));
    return {
      output: {
        outcome: 'ingested',
        run_id: plan.run_id,
        batches: known.filter(({ batch_id }) => !cleaned.has(batch_id)).map(({ batch_id }) => ({ batch_id })),
        candidates: plan.candidates.map((_, index) => ({ index })),
      },
      facts,
    };
  },
});

function planOf(input: IngestInput, known: readonly Batch[]): Plan {
  return planRun({
    batches: known,
    candidates: expandCandidates(input.candidates),
    codeVersion: settings().codeVersion,
    splitSalt: settings().splitSalt,
  });
}

function unchangedSummary(execution: Execution, input: IngestInput, ended: { run_id: string; reason: string }) {
  return {
    outcome: 'unchanged',
    run_id: ended.run_id,
    source: input.source,
    started_at: execution.started_at,
    reason: `nothing new since run ${ended.run_id}: ${ended.reason}`,
  };
}
