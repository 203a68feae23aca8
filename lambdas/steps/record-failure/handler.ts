// RecordFailure: writes down which state failed why and which model serves, so that a failed execution leaves a named reason.
import * as z from 'zod';
import { ledgerEntries } from '../../aws/registry.ts';
import { defineStep } from '../../aws/step.ts';
import { executions } from '../../aws/tracking.ts';
import { nameFailure } from '../../core/execution/failure.ts';
import { ledgerEntrySchema } from '../../core/ledger/entry.ts';

const inputSchema = z.object({
  /** What Step Functions caught: the error's name and a cause, often JSON of the Lambda runtime. */
  error: z.object({ Error: z.string(), Cause: z.string().default('') }),
});

export const handler = defineStep({
  state: 'RecordFailure',
  input: inputSchema,
  work: async ({ error }, execution) => {
    const failure = nameFailure(error.Error, error.Cause);
    const promoted_rev = await promotedRev(execution.name);
    await executions.saveSummary(execution.name, {
      outcome: 'failed',
      started_at: execution.started_at,
      error: failure.name,
      reason: failure.message,
      promoted_rev,
    });
    return { output: { outcome: 'failed', error: failure.name, reason: failure.message }, facts: { ...failure } };
  },
});

/** The ledger entry that this execution wrote before it failed; null when it promoted nothing. */
async function promotedRev(execution: string): Promise<number | null> {
  const entries = (await ledgerEntries()).flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
  return entries.findLast(({ actor }) => actor === `pipeline:${execution}`)?.rev ?? null;
}
