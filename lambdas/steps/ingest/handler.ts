// Ingest: cuts a source file into batches and claims their encounters.
import { defineStep } from '../../aws/step.ts';
import { batches } from '../../aws/tracking.ts';
import { type PipelineRequest, requestSchema } from '../../core/run/request.ts';
import { ClaimLog } from './claim.ts';
import { registerDataset } from './register.ts';
import { ingestSource } from './source.ts';

/** What the machine hands on; nothing else travels. */
interface IngestOutput {
  readonly outcome: 'ingested';
  /** Batches that are not cleaned yet, whoever took them, with the claim of each. */
  readonly batches: readonly { readonly batch_id: number; readonly claim: number }[];
  readonly new_batches: readonly number[];
}

export const handler = defineStep<PipelineRequest, IngestOutput>({
  state: 'Ingest',
  input: requestSchema,
  work: async (input) => {
    const dataset = await registerDataset(input);
    const log = await ClaimLog.open(dataset);
    const taken = await ingestSource(input, log, dataset);
    const cleaned = new Set((await batches.cleaned()).map((batch) => batch.batch_id));
    const uncleaned = log.now.live.filter(({ batch_id }) => !cleaned.has(batch_id));
    return {
      output: {
        outcome: 'ingested',
        batches: uncleaned.map(({ batch_id, seq }) => ({ batch_id, claim: seq })),
        new_batches: taken.new_batches,
      },
      facts: { source: input.source, dataset: dataset.name, ...taken },
    };
  },
});
