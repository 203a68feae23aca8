// Nothing is trained on that is not in the hash of its dataset: what Train really read, against what its plan names.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { canonicalJson, sha256Hex } from '../../../lambdas/core/canonical.ts';
import { keys } from '../../../lambdas/core/run/keys.ts';
import { type Plan, planSchema } from '../../../lambdas/core/run/plan.ts';
import type { Objects } from '../services/objects.ts';
import type { Tables, Written } from '../services/tables.ts';
import { TABLES } from '../world/settings.ts';
import type { RowsWatch } from './rows.ts';
import type { Violations } from './violation.ts';

const runSchema = z.object({
  run_id: z.string(),
  pipeline_run_id: z.string(),
  dataset_sha256: z.string(),
  batches: z.array(z.number()),
});

export class TrainingWatch {
  readonly #violations: Violations;
  readonly #tables: Tables;
  readonly #objects: Objects;
  readonly #rows: RowsWatch;
  /** By process: keys of clean parts and the sha256 of the bytes that it got. */
  readonly #reads = new Map<string, Map<string, string>>();

  constructor(violations: Violations, tables: Tables, objects: Objects, rows: RowsWatch) {
    this.#violations = violations;
    this.#tables = tables;
    this.#objects = objects;
    this.#rows = rows;
  }

  onRead(process: string, key: string): void {
    if (!key.startsWith('clean/') || !process.includes('.Train[')) return;
    const stored = this.#objects.peek(key);
    if (stored === undefined) return;
    const reads = this.#reads.get(process) ?? new Map<string, string>();
    reads.set(key, sha256Hex(stored.bytes));
    this.#reads.set(process, reads);
  }

  /** @param process that wrote the item */
  onItem({ table, pk, sk, after }: Written, process: string): void {
    if (table !== TABLES.tracking || !pk.startsWith('experiment#') || !sk.startsWith('run#') || !after) return;
    const run = runSchema.parse(unmarshall(after));
    const stored = this.#objects.peek(keys.plan(run.pipeline_run_id));
    if (stored === undefined) {
      this.#violations.report('dataset', `run ${run.run_id} has no plan`);
      return;
    }
    const plan = planSchema.parse(JSON.parse(new TextDecoder().decode(stored.bytes)));
    const named = this.#datasetHash(plan);
    if (named !== run.dataset_sha256) {
      this.#violations.report('dataset', `run ${run.run_id} says ${run.dataset_sha256}, its batches make ${named}`);
    }
    const batches = new Set(plan.batches.map(({ batch_id }) => batch_id));
    for (const key of this.#reads.get(process)?.keys() ?? []) {
      const batch = Number(/batch_id=(\d+)/.exec(key)?.[1]);
      if (!batches.has(batch))
        this.#violations.report('dataset', `run ${run.run_id} read ${key}, which its plan does not name`);
      if (key.includes('split=test')) this.#violations.report('dataset', `run ${run.run_id} read test rows`);
    }
  }

  /** What the batches of a plan hash to, by the claims that stand. */
  #datasetHash(plan: Plan): string {
    const { byId } = this.#rows.claims();
    const eligible = new Map(
      this.#tables.items(TABLES.tracking, 'cleaned').map((item) => {
        const { batch_id, eligible: count } = z
          .object({ batch_id: z.number(), eligible: z.number() })
          .parse(unmarshall(item));
        return [batch_id, count];
      }),
    );
    const used = plan.batches.flatMap(({ batch_id }) => {
      const batch = byId.get(batch_id);
      return batch !== undefined && (eligible.get(batch_id) ?? 0) > 0
        ? [{ sha256: batch.sha256, ids_sha256: batch.ids_sha256 }]
        : [];
    });
    return sha256Hex(canonicalJson(used));
  }
}
