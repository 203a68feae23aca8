// Batches that take a place again: those that lost rows to a batch that is withdrawn by now, and withdrawn ones whose file
// was given again. Their raw part is there; it gets another number and claims what is free now.
import { describeObject, putImmutable, readJson, readObject } from '../../aws/objects.ts';
import { type Batch, batches } from '../../aws/tracking.ts';
import type { TakenBatch } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import { rawManifestSchema } from '../../core/run/manifest.ts';
import { linesOfPart } from '../../core/run/part-lines.ts';
import type { ClaimLog } from './claim.ts';
import { reserveAgain } from './reserve.ts';

/** Takes over what withdrawn batches held. @returns the batches that stand in the place of those that lost rows to them */
export async function takeOver(log: ClaimLog): Promise<TakenBatch[]> {
  return retakeAll(log, log.now.orphaned);
}

/** Brings back the withdrawn batches of a file. @param given the last claim when the file was first given as it is now */
export async function bringBack(log: ClaimLog, sourceSha256: string, given: number): Promise<TakenBatch[]> {
  const back = log.now.withdrawn.filter(
    ({ batch, withdrawal }) => batch.source_sha256 === sourceSha256 && withdrawal.seq <= given,
  );
  return retakeAll(
    log,
    back.map(({ batch }) => batch),
  );
}

async function retakeAll(log: ClaimLog, replaced: readonly TakenBatch[]): Promise<TakenBatch[]> {
  const taken: TakenBatch[] = [];
  for (const old of replaced) {
    const manifest = await readJson(keys.rawManifest(old.batch_id, old.manifest_sha256), rawManifestSchema);
    const part = await readObject(keys.rawPart(old.batch_id));
    const batch = await reserveAgain(old);
    await putImmutable(keys.rawPart(batch.batch_id), part, 'text/csv');
    const claimed = await log.claim(batch, { lines: [...linesOfPart(part, manifest)], reading: manifest.reading }, old);
    if (claimed !== null) taken.push(claimed);
  }
  return taken;
}

const legacyManifest = (batchId: number) => `raw/batch_id=${batchId}/manifest.json`;

/** Claims what a version without a log of claims took in: its batches are complete where their manifest stands. */
export async function adoptEarlier(log: ClaimLog): Promise<void> {
  if (log.now.last > 0) return;
  for (const batch of await batches.all()) await adopt(log, batch);
}

async function adopt(log: ClaimLog, batch: Batch): Promise<void> {
  if ((await describeObject(legacyManifest(batch.batch_id))) === null) return;
  const manifest = await readJson(legacyManifest(batch.batch_id), rawManifestSchema);
  const lines = [...linesOfPart(await readObject(keys.rawPart(batch.batch_id)), manifest)];
  await log.claim(batch, { lines, reading: manifest.reading });
}
