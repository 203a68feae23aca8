// What a run computes, fixed before it starts: which batches, which candidates, which code. Equal plans are one run.
import * as z from 'zod';
import { type Candidate, fittableSchema } from '../candidates/candidate.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { type DatasetIdentity, identityOf, recordedIdentitySchema } from '../dataset/identity.ts';

export const planSchema = z.object({
  run_id: z.string(),
  /** sha256 over the lines and the claimed ids of the batches with a usable row, in order: names the rows that are used. */
  dataset_sha256: z.string(),
  /** The one dataset that all rows are of. */
  dataset: recordedIdentitySchema,
  code_version: z.string(),
  split_salt: z.string(),
  batches: z.array(z.object({ batch_id: z.number().int().positive(), sha256: z.string(), source_key: z.string() })),
  candidates: z.array(fittableSchema),
});
export type Plan = z.infer<typeof planSchema>;

export interface PlanParts {
  readonly dataset: DatasetIdentity;
  /** In the order in which their rows are read. */
  readonly batches: readonly PlannedBatch[];
  readonly candidates: readonly Candidate[];
  readonly codeVersion: string;
  readonly splitSalt: string;
}

export interface PlannedBatch {
  readonly batch_id: number;
  readonly source_key: string;
  /** Of its lines, and of the ids that it claims: together they name its rows. */
  readonly sha256: string;
  readonly ids_sha256: string;
  /** Eligible rows. A batch without one is listed for its account of rows, but makes no other run. */
  readonly eligible: number;
}

/**
 * The run over these batches. The run_id is the first 16 hex digits of the sha256 of all that decides its result: rows, not
 * the numbers of their batches, so that a batch that is withdrawn leaves no trace in what is computed without it.
 */
export function planRun({ dataset, batches, candidates, codeVersion, splitSalt }: PlanParts): Plan {
  const used = batches.filter(({ eligible }) => eligible > 0);
  const listed = batches.map(({ batch_id, sha256, source_key }) => ({ batch_id, sha256, source_key }));
  const content = {
    dataset_sha256: sha256Hex(canonicalJson(used.map(({ sha256, ids_sha256 }) => ({ sha256, ids_sha256 })))),
    dataset: identityOf(dataset),
    code_version: codeVersion,
    split_salt: splitSalt,
    candidates: [...candidates],
  };
  return { run_id: sha256Hex(canonicalJson(content)).slice(0, 16), ...content, batches: listed };
}
