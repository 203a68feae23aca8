// What Evaluate hands to Promote or Reject: the gate's word and what it was said of.
import * as z from 'zod';
import { promotionKindSchema } from '../gate/decision.ts';

export const decisionSchema = z.object({
  outcome: z.enum(['promote', 'reject']),
  run_id: z.string(),
  reason: z.string().min(1),
  /** The registered best candidate; null when no usable row was there to train on. */
  challenger: z.object({ name: z.string(), version: z.number().int().positive(), model_sha256: z.string() }).nullable(),
  /** Rev of the ledger's head that the challenger was compared with; 0 while nothing was promoted. */
  champion_rev: z.number().int().min(0),
  /** Key of the evidence: the run's report in the data bucket. */
  evidence: z.string().min(1),
  evidence_sha256: z.string().optional(),
  /** Of the challenger's manifest.json. */
  manifest_sha256: z.string().optional(),
  /** The stated reason of a promotion, for the ledger. */
  kind: promotionKindSchema.optional(),
  /** The rows were refused, not the model. */
  refused_data: z.boolean().optional(),
});
export type Decision = z.infer<typeof decisionSchema>;
