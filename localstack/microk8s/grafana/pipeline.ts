// Dashboard "Pipeline": executions, batches, quarantine, and what the gate said.
import { bars, curves, dashboard, stat } from './panels.ts';

const lastEnd = (status: string) => `max(readmit_pipeline_last_end_timestamp_seconds{status="${status}"}) * 1000`;

export const pipeline = dashboard('readmit-pipeline', 'Pipeline', 'From files to a promoted model', [
  stat('Last success', { ago: lastEnd('SUCCEEDED') }, { unit: 'dateTimeFromNow' }),
  stat('Failed executions', { failed: 'max(readmit_pipeline_executions{status="FAILED"})' }, { bad: 1 }),
  stat('Last duration', { took: 'max(readmit_pipeline_last_duration_seconds)' }, { unit: 's' }),
  stat('Running', { running: 'max(readmit_pipeline_executions{status="RUNNING"})' }),
  stat('Batches', { cleaned: 'max(readmit_batches{state="cleaned"})' }),
  stat(
    'Newest batch in quarantine',
    { share: 'max(readmit_last_batch_quarantined_ratio)' },
    { unit: 'percentunit', bad: 0.05 },
  ),
  curves('Executions by status', { '{{status}}': 'max by (status) (readmit_pipeline_executions)' }),
  curves('Rows', {
    '{{state}}': 'max by (state) (readmit_batch_rows)',
    'eligible, {{split}}': 'max by (split) (readmit_eligible_rows)',
  }),
  bars('Quarantined rows by reason', {
    '{{reason}}':
      'sort_desc(max by (reason) (readmit_quarantined_rows)) or label_replace(vector(0), "reason", "none", "", "")',
  }),
  bars(
    'Checks of the newest gate decision',
    { '{{check}}': 'min by (check) (readmit_gate_check_passed)' },
    { badBelow: 1 },
  ),
  curves('Gate decisions', { '{{outcome}}': 'max by (outcome) (readmit_gate_decisions)' }),
  curves('What the gate measured', { '{{check}}': 'max by (check) (readmit_gate_check_value)' }),
]);
