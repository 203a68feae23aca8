// Reading what the pipeline tracked: runs of the experiment and reports, as stored.
import { z } from 'zod';
import { settings } from './settings.ts';
import { getItem, queryItems } from './tables.ts';

const recordSchema = z.record(z.string(), z.unknown());
export type TrackedRecord = Readonly<Record<string, unknown>>;

const experimentKey = () => `experiment#${settings().experiment}`;

/** All runs of the experiment, each one candidate of a pipeline run. */
export async function trackedRuns(): Promise<TrackedRecord[]> {
  return (await queryItems(settings().trackingTable, experimentKey(), 'run#', recordSchema)).map(withoutKeys);
}

export async function trackedRun(runId: string): Promise<TrackedRecord | null> {
  const found = await getItem(settings().trackingTable, experimentKey(), `run#${runId}`, recordSchema);
  return found === null ? null : withoutKeys(found);
}

/** The report of a pipeline run: its data, candidates, gate. */
export async function runReport(pipelineRunId: string): Promise<TrackedRecord | null> {
  const found = await getItem(settings().trackingTable, 'reports', `run#${pipelineRunId}`, recordSchema);
  return found === null ? null : withoutKeys(found);
}

function withoutKeys({ pk: _pk, sk: _sk, ...record }: TrackedRecord): TrackedRecord {
  return record;
}
