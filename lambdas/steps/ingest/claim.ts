// One batch into the log of claims, whole or not at all: what it holds is stored first, the entry that makes it count last.
import { appendClaim, claimEntries } from '../../aws/claims.ts';
import { putImmutable } from '../../aws/objects.ts';
import type { Batch } from '../../aws/tracking.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import { identityOf } from '../../core/dataset/identity.ts';
import { encounterIdOf } from '../../core/encounter/claims/encounter-id.ts';
import { encodeIds, holds, type IdSet, idSetOf, without } from '../../core/encounter/claims/id-set.ts';
import type { SourceLine } from '../../core/encounter/lines.ts';
import type { Reading } from '../../core/encounter/reading/reading.ts';
import { rowParser } from '../../core/encounter/rows.ts';
import { type ClaimEntry, type Claims, claimEntrySchema, foldClaims, type TakenBatch } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import type { RawManifest } from '../../core/run/manifest.ts';
import { type Held, HeldIds } from './held-ids.ts';

/** The rows of a batch, and how their file is written; undefined where a version took them in that knew one form. */
export interface BatchLines {
  readonly lines: readonly SourceLine[];
  readonly reading: Reading | undefined;
}

/** The log as this ingestion last saw it. */
export class ClaimLog {
  private readonly held = new HeldIds();
  private entries: readonly ClaimEntry[] = [];
  private folded: Claims = foldClaims([]);
  private readonly dataset: Dataset;

  private constructor(dataset: Dataset) {
    this.dataset = dataset;
  }

  /** @param dataset whose rows this deployment holds */
  static async open(dataset: Dataset): Promise<ClaimLog> {
    const log = new ClaimLog(dataset);
    await log.read();
    return log;
  }

  get now(): Claims {
    return this.folded;
  }

  /**
   * Claims the encounters of a batch whose raw part is stored. Its rows whose encounter an earlier batch holds are its
   * duplicates; when another batch is claimed meanwhile, they are found anew. A batch that was claimed before stays so.
   * @param replaced the batch whose rows these are too and whose place it takes
   * @returns null when the place of `replaced` was taken by another
   */
  async claim(batch: Batch, { lines, reading }: BatchLines, replaced?: TakenBatch): Promise<TakenBatch | null> {
    const parseRow = rowParser(this.dataset, reading);
    const idOf = new Map(lines.map((line) => [line.line, encounterIdOf(line, parseRow)]));
    const ids = idSetOf([...idOf.values()].filter((id) => id !== null));
    for (;;) {
      const known = this.folded.byId.get(batch.batch_id);
      if (known !== undefined) return known;
      if (replaced !== undefined && !this.awaitsPlace(replaced)) return null;
      const others = this.folded.live.filter(({ batch_id }) => batch_id !== replaced?.batch_id);
      const held = await this.held.among(ids, others);
      const claimed = held.reduce((left, { ids: taken }) => without(left, taken), ids);
      const manifest = manifestOf(
        batch,
        this.dataset,
        { lines, reading },
        held.length === 0 ? [] : duplicatesOf(idOf, held),
      );
      const entry = await store(batch, manifest, claimed, {
        seq: this.folded.last + 1,
        held_by: held.map(({ batch_id }) => batch_id),
        replaces: replaced?.batch_id ?? null,
        position: replaced?.position ?? batch.batch_id,
      });
      if (!(await this.append(entry))) continue;
      this.held.remember(entry, claimed);
      return entry;
    }
  }

  /** False when another entry came first: the log was read again. */
  private async append(entry: TakenBatch): Promise<boolean> {
    if (!(await appendClaim(entry))) {
      await this.read();
      return false;
    }
    this.entries = [...this.entries, entry];
    this.folded = foldClaims(this.entries);
    return true;
  }

  private async read(): Promise<void> {
    this.entries = await claimEntries(claimEntrySchema);
    this.folded = foldClaims(this.entries);
  }

  private awaitsPlace({ batch_id }: TakenBatch): boolean {
    const { live, withdrawn } = this.folded;
    return [...live, ...withdrawn.map(({ batch }) => batch)].some((batch) => batch.batch_id === batch_id);
  }
}

async function store(
  batch: Batch,
  manifest: RawManifest,
  claimed: IdSet,
  place: Pick<TakenBatch, 'seq' | 'held_by' | 'replaces' | 'position'>,
): Promise<TakenBatch> {
  const text = canonicalJson(manifest);
  const bytes = encodeIds(claimed);
  const [ids_sha256, manifest_sha256] = [sha256Hex(bytes), sha256Hex(text)];
  await Promise.all([
    putImmutable(keys.rawEncounterIds(batch.batch_id, ids_sha256), bytes, 'application/octet-stream'),
    putImmutable(keys.rawManifest(batch.batch_id, manifest_sha256), text, 'application/json'),
  ]);
  const ids = { count: claimed.length, min: claimed.at(0) ?? 0, max: claimed.at(-1) ?? 0 };
  return { ...batch, action: 'taken', ids_sha256, ids, manifest_sha256, ...place };
}

function manifestOf(
  batch: Batch,
  dataset: Dataset,
  { lines, reading }: BatchLines,
  duplicates: RawManifest['duplicates'],
): RawManifest {
  return {
    dataset: identityOf(dataset),
    batch_id: batch.batch_id,
    source_key: batch.source_key,
    source_sha256: batch.source_sha256,
    first_line: batch.first_line,
    rows: batch.rows,
    ...(reading === undefined ? {} : { reading }),
    duplicates,
    cut_lines: lines.filter((line) => line.truncated).map(({ line, length }) => ({ line, bytes: length })),
  };
}

function duplicatesOf(idOf: ReadonlyMap<number, number | null>, held: readonly Held[]): RawManifest['duplicates'] {
  return [...idOf].flatMap(([line, id]) => {
    const holder = id === null ? undefined : held.find(({ ids }) => holds(ids, id));
    return holder === undefined ? [] : [{ line, first_batch_id: holder.batch_id }];
  });
}
