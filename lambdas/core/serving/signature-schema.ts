// signature.json as serving parses it.
import * as z from 'zod';
import type { Signature } from '../candidates/signature.ts';
import { recordedIdentitySchema } from '../dataset/identity.ts';

const scalar = z.union([z.string(), z.boolean(), z.null()]);

export const signatureSchema: z.ZodType<Signature> = z.object({
  model_name: z.string(),
  algorithm: z.string(),
  run_id: z.string(),
  features: z.array(
    z.object({
      name: z.string(),
      sources: z.array(z.string()),
      kind: z.enum(['numeric', 'category']),
      levels: z.array(z.string()).optional(),
    }),
  ),
  features_sha256: z.string(),
  threshold: z.object({ policy: z.literal('top_share'), share: z.number(), value: z.number() }),
  training_data: z.object({
    dataset_sha256: z.string(),
    dataset: recordedIdentitySchema,
    rows: z.number(),
    positives: z.number(),
  }),
  seen: z.record(
    z.string(),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('range'), min: z.number(), max: z.number() }),
      z.object({ kind: z.literal('values'), values: z.array(scalar) }),
    ]),
  ),
  score_quantiles: z.array(z.number()).min(2),
  reliability: z.array(
    z.object({ upper: z.number(), mean_predicted: z.number(), observed: z.number(), rows: z.number() }),
  ),
});
