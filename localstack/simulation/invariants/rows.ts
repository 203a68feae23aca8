// Each accepted row is in exactly one batch, and what a batch has cleaned is what it claimed.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { sha256Hex } from '../../../lambdas/core/canonical.ts';
import { DEFAULT_DATASET } from '../../../lambdas/core/dataset/named.ts';
import { decodeIds, type IdSet, idSetOf } from '../../../lambdas/core/encounter/claims/id-set.ts';
import { SPLITS } from '../../../lambdas/core/encounter/split.ts';
import { decodeTable } from '../../../lambdas/core/encounter/table.ts';
import { type Claims, claimEntrySchema, foldClaims } from '../../../lambdas/core/run/claims.ts';
import { keys } from '../../../lambdas/core/run/keys.ts';
import type { Objects } from '../services/objects.ts';
import type { Tables } from '../services/tables.ts';
import { TABLES } from '../world/settings.ts';
import type { Violations } from './violation.ts';

const decoded = new Map<string, readonly number[]>();

export class RowsWatch {
  readonly #violations: Violations;
  readonly #tables: Tables;
  readonly #objects: Objects;
  readonly #sources = new Map<string, ReadonlySet<string>>();
  readonly #checked = new Set<number>();

  constructor(violations: Violations, tables: Tables, objects: Objects) {
    this.#violations = violations;
    this.#tables = tables;
    this.#objects = objects;
  }

  claims(): Claims {
    return foldClaims(
      this.#tables.items(TABLES.tracking, 'claims').map((item) => {
        const { pk: _pk, sk: _sk, ...entry } = unmarshall(item);
        return claimEntrySchema.parse(entry);
      }),
    );
  }

  /** encounter_id of every clean row of the batches that count, with its batch. Reports rows that stand twice. */
  async check(): Promise<Map<number, number>> {
    const holders = new Map<number, number>();
    for (const { batch_id, ids_sha256, source_sha256 } of this.claims().live) {
      this.#checkSource(batch_id, source_sha256);
      const ids = await this.cleanIds(batch_id);
      const claimed = new Set(this.#claimed(batch_id, ids_sha256));
      for (const id of ids) {
        const other = holders.get(id);
        if (other !== undefined) {
          this.#violations.report('rows', `encounter ${id} is in batch ${other} and in batch ${batch_id}`);
        }
        if (!claimed.has(id)) this.#violations.report('rows', `batch ${batch_id} has encounter ${id} without a claim`);
        holders.set(id, batch_id);
      }
    }
    return holders;
  }

  async cleanIds(batch: number): Promise<number[]> {
    const found: number[] = [];
    for (const split of SPLITS) {
      const part = this.#objects.peek(keys.cleanPart(split, batch));
      if (part !== undefined) found.push(...(await idsOf(part.etag, part.bytes)));
    }
    return found;
  }

  /** The rows of a batch are rows of the file that it names. */
  #checkSource(batch: number, sha256: string): void {
    const known = this.#sources.get(sha256);
    const part = this.#objects.peek(keys.rawPart(batch));
    if (known === undefined || part === undefined || this.#checked.has(batch)) return;
    this.#checked.add(batch);
    const [, ...rows] = textOf(part.bytes).split('\n').filter(Boolean);
    const foreign = rows.filter((row) => !known.has(row.trim()));
    if (foreign.length > 0) {
      this.#violations.report(
        'rows',
        `batch ${batch} has ${foreign.length} rows that its file ${sha256.slice(0, 8)} does not`,
      );
    }
  }

  /** What lies under incoming/: its lines, by the hash of the whole. */
  onSource(bytes: Uint8Array): void {
    const lines = textOf(bytes)
      .split('\n')
      .map((line) => line.trim());
    this.#sources.set(sha256Hex(bytes), new Set(lines));
  }

  #claimed(batch: number, sha256: string): IdSet {
    const stored = this.#objects.peek(keys.rawEncounterIds(batch, sha256));
    if (stored !== undefined) return decodeIds(stored.bytes);
    this.#violations.report('rows', `batch ${batch} claims ids that are not stored`);
    return idSetOf([]);
  }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function idsOf(etag: string, bytes: Uint8Array): Promise<readonly number[]> {
  const known = decoded.get(etag);
  if (known !== undefined) return known;
  const { encounterIds } = await decodeTable(Uint8Array.from(bytes), DEFAULT_DATASET);
  const ids = [...encounterIds].map(Number);
  if (decoded.size > 2000) decoded.clear();
  decoded.set(etag, ids);
  return ids;
}
