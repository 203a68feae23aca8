// What a run computes, fixed before it starts: which batches, which candidates, which code. Equal plans are one run.
import * as z from 'zod';
import { type Candidate, fittableSchema } from '../candidates/candidate.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';

export const planSchema = z.object({
  run_id: z.string(),
  /** sha256 over batch_id and sha256 of the batches in order: names the rows that the run may see. */
  dataset_sha256: z.string(),
  code_version: z.string(),
  split_salt: z.string(),
  batches: z.array(z.object({ batch_id: z.number().int().positive(), sha256: z.string(), source_key: z.string() })),
  candidates: z.array(fittableSchema),
});
export type Plan = z.infer<typeof planSchema>;

export interface PlanParts {
  readonly batches: readonly Plan['batches'][number][];
  readonly candidates: readonly Candidate[];
  readonly codeVersion: string;
  readonly splitSalt: string;
}

/** The run over these batches, oldest first. The run_id is the first 16 hex digits of the sha256 of all that decides its result. */
export function planRun({ batches, candidates, codeVersion, splitSalt }: PlanParts): Plan {
  const ordered = batches
    .map(({ batch_id, sha256, source_key }) => ({ batch_id, sha256, source_key }))
    .sort((a, b) => a.batch_id - b.batch_id);
  const content = {
    dataset_sha256: sha256Hex(canonicalJson(ordered.map(({ batch_id, sha256 }) => ({ batch_id, sha256 })))),
    code_version: codeVersion,
    split_salt: splitSalt,
    candidates: [...candidates],
  };
  return { run_id: sha256Hex(canonicalJson(content)).slice(0, 16), ...content, batches: ordered };
}
