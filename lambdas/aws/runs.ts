// Reading what the pipeline tracked: runs of the experiment and reports, as stored.
import * as z from 'zod';
import { settings } from './settings.ts';
import { getItem, queryItems } from './tables.ts';

const recordSchema = z.record(z.string(), z.unknown());
export type TrackedRecord = Readonly<Record<string, unknown>>;

const experimentKey = () => `experiment#${settings().experiment}`;

/** All runs of the experiment, each one candidate of a pipeline run, with what the test rows said where they were asked. */
export async function trackedRuns(): Promise<TrackedRecord[]> {
  const table = settings().trackingTable;
  const measured = new Map(
    (await queryItems(table, experimentKey(), 'measured#', recordSchema)).map((item) => [item.run_id, item]),
  );
  const found = await queryItems(table, experimentKey(), 'run#', recordSchema);
  return found.map((item) => withoutKeys({ ...measured.get(item.run_id), ...item }));
}

export async function trackedRun(runId: string): Promise<TrackedRecord | null> {
  const table = settings().trackingTable;
  const found = await getItem(table, experimentKey(), `run#${runId}`, recordSchema);
  if (found === null) return null;
  return withoutKeys({ ...(await getItem(table, experimentKey(), `measured#${runId}`, recordSchema)), ...found });
}

/** The report of a pipeline run: its data, candidates, gate. */
export async function runReport(pipelineRunId: string): Promise<TrackedRecord | null> {
  const found = await getItem(settings().trackingTable, 'reports', `run#${pipelineRunId}`, recordSchema);
  return found === null ? null : withoutKeys(found);
}

function withoutKeys({ pk: _pk, sk: _sk, ...record }: TrackedRecord): TrackedRecord {
  return record;
}
