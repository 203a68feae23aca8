// Clean: validates every row of one raw batch. Good rows become Parquet by split, bad ones go to quarantine with a reason.
import * as z from 'zod';
import { claimEntry } from '../../aws/claims.ts';
import { putFirst, putImmutable, readJson, readObject } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { defineStep } from '../../aws/step.ts';
import { batches, type CleanedBatch } from '../../aws/tracking.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { type Dataset, isEligible } from '../../core/dataset/dataset.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import { decodeIds, encodeIds, without } from '../../core/encounter/claims/id-set.ts';
import { profileRows } from '../../core/encounter/profile.ts';
import { describeReading, standardReading } from '../../core/encounter/reading/reading.ts';
import { SPLITS } from '../../core/encounter/split.ts';
import { encodeTable } from '../../core/encounter/table.ts';
import { claimEntrySchema } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import { type RawManifest, rawManifestSchema } from '../../core/run/manifest.ts';
import { type QuarantinedRow, type SortedRows, sortRows } from './sort-rows.ts';

const inputSchema = z.object({
  batch_id: z.number().int().positive(),
  /** Number of the batch's claim. */
  claim: z.number().int().positive(),
});

export const handler = defineStep<z.infer<typeof inputSchema>, { batch_id: number }>({
  state: 'Clean',
  input: inputSchema,
  item: ({ batch_id }) => String(batch_id),
  work: async ({ batch_id, claim }) => {
    const entry = await claimEntry(claim, claimEntrySchema);
    if (entry?.action !== 'taken' || entry.batch_id !== batch_id) throw new UnclaimedBatchError(batch_id, claim);
    const manifest = await readJson(keys.rawManifest(batch_id, entry.manifest_sha256), rawManifestSchema);
    const sorted = await sort(await readObject(keys.rawPart(batch_id)), manifest);
    const dataset = datasetNamed(manifest.dataset.name);
    const parts = await store(batch_id, sorted, dataset);
    const { source_key: source, reading = standardReading(dataset) } = manifest;
    const read = { source, read_as: describeReading(reading, dataset) };
    const cleaned = { ...summarize(manifest, sorted, dataset), ...read, parts };
    await batches.saveCleaned(cleaned);
    return { output: { batch_id }, facts: cleaned };
  },
});

/**
 * Rows that are refused hold no claim, and a later batch may have asked for that before this one was cleaned. The first
 * answer stands: a row that this version would take, but which was refused then, may be that batch's by now.
 */
async function sort(part: Uint8Array, manifest: RawManifest): Promise<SortedRows> {
  const sorted = sortRows(part, manifest, settings().splitSalt);
  const key = keys.refusedIds(manifest.batch_id);
  if (await putFirst(key, encodeIds(sorted.refused), 'application/octet-stream')) return sorted;
  const before = decodeIds(await readObject(key));
  if (without(before, sorted.refused).length === 0) return sorted;
  return sortRows(part, manifest, settings().splitSalt, before);
}

/** sha256 of what was written, by split. */
async function store(
  batchId: number,
  { bySplit, quarantined }: SortedRows,
  dataset: Dataset,
): Promise<CleanedBatch['parts']> {
  const parts = { train: '', validation: '', test: '' };
  for (const split of SPLITS) {
    const parquet = encodeTable(bySplit[split], dataset);
    parts[split] = sha256Hex(parquet);
    await putImmutable(keys.cleanPart(split, batchId), parquet, 'application/vnd.apache.parquet');
  }
  const rows = SPLITS.flatMap((split) => bySplit[split]);
  await putImmutable(keys.profile(batchId), canonicalJson(profileRows(rows, dataset)), 'application/json');
  await putImmutable(keys.quarantine(batchId), toJsonLines(quarantined), 'application/x-ndjson');
  return parts;
}

function summarize(
  { batch_id, rows }: RawManifest,
  { bySplit, quarantined }: SortedRows,
  dataset: Dataset,
): Omit<CleanedBatch, 'parts' | 'source' | 'read_as'> {
  const eligible = (split: (typeof SPLITS)[number]) =>
    bySplit[split].reduce((count, row) => count + (isEligible(row.encounter, dataset) ? 1 : 0), 0);
  const splits = { train: eligible('train'), validation: eligible('validation'), test: eligible('test') };
  const byReason: Record<string, number> = {};
  for (const { reason } of quarantined) byReason[reason] = (byReason[reason] ?? 0) + 1;
  return {
    batch_id,
    rows,
    clean: rows - quarantined.length,
    quarantined: byReason,
    eligible: splits.train + splits.validation + splits.test,
    splits,
  };
}

function toJsonLines(rows: readonly QuarantinedRow[]): string {
  return rows.map((row) => `${canonicalJson(row)}\n`).join('');
}

export class UnclaimedBatchError extends Error {
  override readonly name = 'UnclaimedBatchError';
  constructor(batchId: number, claim: number) {
    super(`claim ${claim} is not of batch ${batchId}: start the execution again, Ingest names the claims of now`);
  }
}
