// RecordFailure: writes down which state failed why, so that a failed execution leaves a named reason and nothing else.
import * as z from 'zod';
import { defineStep } from '../../aws/step.ts';
import { executions } from '../../aws/tracking.ts';
import { nameFailure } from './failure.ts';

const inputSchema = z.object({
  /** What Step Functions caught: the error's name and a cause, often JSON of the Lambda runtime. */
  error: z.object({ Error: z.string(), Cause: z.string().default('') }),
});

export const handler = defineStep({
  state: 'RecordFailure',
  input: inputSchema,
  work: async ({ error }, execution) => {
    const failure = nameFailure(error.Error, error.Cause);
    await executions.saveSummary(execution.name, {
      outcome: 'failed',
      started_at: execution.started_at,
      error: failure.name,
      reason: failure.message,
    });
    return { output: { outcome: 'failed', error: failure.name, reason: failure.message }, facts: { ...failure } };
  },
});
