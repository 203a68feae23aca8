// The training pipeline: executions, batches, quarantine, and what the gate said.
import { type Family, gauge, type Sample, sample } from './family.ts';
import type { BatchFacts, ExecutionFacts, Snapshot } from './snapshot.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
const seconds = (milliseconds: number) => milliseconds / 1000;

export function pipelineFamilies({ executions, batches, cleaned, gate }: Snapshot): Family[] {
  return [...executionFamilies(executions), ...batchFamilies(batches, cleaned), ...gateFamilies(gate)];
}

function executionFamilies(executions: readonly ExecutionFacts[]): Family[] {
  const ended = executions.filter((one) => one.endedAt !== null);
  const newest = (among: readonly ExecutionFacts[]) => Math.max(0, ...among.map(({ endedAt }) => endedAt ?? 0));
  const [last] = [...ended].sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  return [
    gauge(
      'readmit_pipeline_executions',
      'Training executions that AWS Step Functions still lists (90 days, the newest 1000), by status.',
      STATUSES.map((status) => sample(executions.filter((one) => one.status === status).length, { status })),
    ),
    gauge(
      'readmit_pipeline_last_end_timestamp_seconds',
      'When the newest execution with this status ended; 0 if none did.',
      STATUSES.filter((status) => status !== 'RUNNING').map((status) =>
        sample(seconds(newest(ended.filter((one) => one.status === status))), { status }),
      ),
    ),
    gauge(
      'readmit_pipeline_last_duration_seconds',
      'Duration of the newest execution that ended.',
      last === undefined ? [] : [sample(seconds((last.endedAt ?? 0) - last.startedAt), { status: last.status })],
    ),
  ];
}

function batchFamilies(batches: number, cleaned: readonly BatchFacts[]): Family[] {
  const [last] = [...cleaned].sort((a, b) => b.batchId - a.batchId);
  const total = (of: (batch: BatchFacts) => number) => cleaned.reduce((sum, batch) => sum + of(batch), 0);
  return [
    gauge('readmit_batches', 'Batches by state.', [
      sample(batches, { state: 'ingested' }),
      sample(cleaned.length, { state: 'cleaned' }),
    ]),
    gauge('readmit_batch_rows', 'Rows of all cleaned batches, by what became of them.', [
      sample(
        total((batch) => batch.clean),
        { state: 'clean' },
      ),
      sample(total(quarantinedOf), { state: 'quarantined' }),
    ]),
    gauge('readmit_eligible_rows', 'Clean rows that a model may learn from or be measured on, by split.', [
      ...sums(cleaned.map((batch) => batch.eligible)).map(([split, rows]) => sample(rows, { split })),
    ]),
    gauge('readmit_quarantined_rows', 'Rows in quarantine, by reason.', [
      ...sums(cleaned.map((batch) => batch.quarantined)).map(([reason, rows]) => sample(rows, { reason })),
    ]),
    gauge(
      'readmit_last_batch_quarantined_ratio',
      'Share of the newest batch that is in quarantine.',
      last === undefined || last.rows === 0 ? [] : [sample(quarantinedOf(last) / last.rows)],
    ),
  ];
}

function gateFamilies({ decisions, checks }: Snapshot['gate']): Family[] {
  const measured = checks.flatMap(({ name, value }): Sample[] =>
    value === null ? [] : [sample(value, { check: name })],
  );
  return [
    gauge('readmit_gate_decisions', 'Runs that the gate decided, by its word.', [
      sample(decisions.promoted, { outcome: 'promoted' }),
      sample(decisions.rejected, { outcome: 'rejected' }),
    ]),
    gauge(
      'readmit_gate_check_passed',
      '1 for each check that the newest decision passed, 0 for each that it failed.',
      checks.map(({ name, passed }) => sample(passed ? 1 : 0, { check: name })),
    ),
    gauge('readmit_gate_check_value', 'What the newest decision measured for each check.', measured),
  ];
}

function quarantinedOf(batch: BatchFacts): number {
  return Object.values(batch.quarantined).reduce((sum, rows) => sum + rows, 0);
}

function sums(records: readonly Readonly<Record<string, number>>[]): [string, number][] {
  const total = new Map<string, number>();
  for (const record of records)
    for (const [key, n] of Object.entries(record)) total.set(key, (total.get(key) ?? 0) + n);
  return [...total].sort(([a], [b]) => (a < b ? -1 : 1));
}
