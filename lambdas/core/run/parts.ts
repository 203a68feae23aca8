// The clean parts of a run's batches with the sha256 that Clean recorded: what is read must be what was written.
import * as z from 'zod';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import type { Split } from '../encounter/split.ts';
import type { Plan } from './plan.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** sha256 of a batch's clean Parquet by split. */
export const cleanPartsSchema = z.object({ train: sha256, validation: sha256, test: sha256 });
export type CleanParts = z.infer<typeof cleanPartsSchema>;

export interface BatchParts {
  readonly batch_id: number;
  readonly parts: CleanParts;
}

/**
 * The parts of the plan's batches, in its order.
 * @throws UncleanedBatchError when a batch of the plan was not cleaned
 */
export function partsOf(plan: Plan, cleaned: readonly BatchParts[]): BatchParts[] {
  const found = new Map(cleaned.map((batch) => [batch.batch_id, batch.parts]));
  return plan.batches.map(({ batch_id }) => {
    const parts = found.get(batch_id);
    if (parts === undefined) throw new UncleanedBatchError(batch_id);
    return { batch_id, parts };
  });
}

/** One hash for the rows that training may see: tells whether two steps read the same ones. */
export function trainingRowsHash(batches: readonly BatchParts[]): string {
  const seen = batches.map(({ batch_id, parts: { train, validation } }) => ({ batch_id, train, validation }));
  return sha256Hex(canonicalJson(seen));
}

/** Which object of a batch a split is, with its expected sha256. */
export const partOf = ({ batch_id, parts }: BatchParts, split: Split) => ({ batchId: batch_id, sha256: parts[split] });

export class UncleanedBatchError extends Error {
  override readonly name = 'UncleanedBatchError';
  constructor(batchId: number) {
    super(`batch ${batchId} of the plan has no record of its clean parts: start the pipeline on its file again`);
  }
}
