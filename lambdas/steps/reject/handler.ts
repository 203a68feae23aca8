// Reject: the gate said no. The champion stays; the run and the reason are recorded, the challenger stays registered.
import { defineStep } from '../../aws/step.ts';
import { executions, runs } from '../../aws/tracking.ts';
import { decisionSchema } from '../../core/run/decision.ts';

export const handler = defineStep({
  state: 'Reject',
  input: decisionSchema,
  work: async (decision, execution) => {
    const outcome = 'rejected';
    const { run_id, reason } = decision;
    const version = decision.challenger?.version ?? null;
    const report = await runs.report(run_id);
    await executions.saveSummary(execution.name, {
      ...report,
      outcome,
      reason,
      version,
      started_at: execution.started_at,
    });
    await runs.saveOutcome({ run_id, outcome, reason, execution: execution.name, version });
    return { output: { outcome, run_id, reason }, facts: { reason } };
  },
});
