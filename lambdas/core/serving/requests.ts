// Bodies of the prediction routes beside the encounter itself.
import * as z from 'zod';
import { encounterSchema } from '../encounter/contract.ts';
import { encounterRefSchema } from '../loop/outcome/report.ts';

export const MAX_BATCH = 1000;

/** Body of POST /predict: the encounter, and the name that the caller knows it by, to report its outcome under. */
export const predictRequestSchema = encounterSchema.extend({ encounter_ref: encounterRefSchema.nullish() });
export type PredictRequest = z.infer<typeof predictRequestSchema>;

const size = `expected 1 to ${MAX_BATCH} encounters`;

/** A list of encounters, or an object that holds it. What is no encounter is answered at its place. */
export const batchRequestSchema = z.preprocess(
  (body) => (Array.isArray(body) ? { encounters: body } : body),
  z.object({ encounters: z.array(z.unknown()).min(1, size).max(MAX_BATCH, size) }),
);
