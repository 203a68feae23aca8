// Which encounters live batches hold already. Memory is bounded by the batch that asks and a cache, not by what was ever
// taken in: id lists are read one at a time, and only those whose range meets the batch's.
import { MissingObjectError, putFirst, readJson, readObject } from '../../aws/objects.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import { common, decodeIds, encodeIds, type IdSet, without } from '../../core/encounter/claims/id-set.ts';
import { RefusedIds } from '../../core/encounter/claims/refused-ids.ts';
import { rowParser } from '../../core/encounter/rows.ts';
import type { TakenBatch } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import { rawManifestSchema } from '../../core/run/manifest.ts';
import { linesOfPart } from '../../core/run/part-lines.ts';

const CACHE_BYTES = 64 << 20;

export interface Held {
  readonly batch_id: number;
  readonly ids: IdSet;
}

export class HeldIds {
  private readonly cache = new Map<string, IdSet>();
  private cached = 0;

  /** Of `ids`, those that rows of these batches have which are not in quarantine, by batch in the given order. */
  async among(ids: IdSet, batches: readonly TakenBatch[]): Promise<Held[]> {
    const held: Held[] = [];
    const [min = Infinity, max = -Infinity] = [ids.at(0), ids.at(-1)];
    for (const batch of batches) {
      if (batch.ids.count === 0 || batch.ids.min > max || batch.ids.max < min) continue;
      const key = keys.rawEncounterIds(batch.batch_id, batch.ids_sha256);
      const contested = common(ids, await this.read(key, () => readIds(key)));
      if (contested.length === 0) continue;
      const refused = await this.read(keys.refusedIds(batch.batch_id), () => refusedIds(batch));
      const kept = without(contested, refused);
      if (kept.length > 0) held.push({ batch_id: batch.batch_id, ids: kept });
    }
    return held;
  }

  /** Ids that were just claimed: the next batch of the same file asks for them. */
  remember({ batch_id, ids_sha256 }: TakenBatch, ids: IdSet): void {
    this.keep(keys.rawEncounterIds(batch_id, ids_sha256), ids);
  }

  /** What is read first stays while there is room: a longer history is read in the same order each time. */
  private async read(key: string, load: () => Promise<IdSet>): Promise<IdSet> {
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const ids = await load();
    this.keep(key, ids);
    return ids;
  }

  private keep(key: string, ids: IdSet): void {
    if (this.cached + ids.byteLength > CACHE_BYTES) return;
    this.cache.set(key, ids);
    this.cached += ids.byteLength;
  }
}

async function readIds(key: string): Promise<IdSet> {
  return decodeIds(await readObject(key));
}

/**
 * Ids of the batch's rows that are in quarantine. Where Clean has not told yet, the rows are read here, and what is found
 * stands for good: Clean keeps to it, even as another version that reads rows otherwise.
 */
async function refusedIds({ batch_id, manifest_sha256 }: TakenBatch): Promise<IdSet> {
  const key = keys.refusedIds(batch_id);
  try {
    return await readIds(key);
  } catch (error) {
    if (!(error instanceof MissingObjectError)) throw error;
  }
  const manifest = await readJson(keys.rawManifest(batch_id, manifest_sha256), rawManifestSchema);
  const parseRow = rowParser(datasetNamed(manifest.dataset.name), manifest.reading);
  const gathered = new RefusedIds(parseRow);
  for (const line of linesOfPart(await readObject(keys.rawPart(batch_id)), manifest)) {
    gathered.add(line, parseRow(line.bytes, line.length));
  }
  const found = gathered.result();
  if (await putFirst(key, encodeIds(found), 'application/octet-stream')) return found;
  return readIds(key);
}
