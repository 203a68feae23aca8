// What Train hands to Evaluate for one candidate.
import * as z from 'zod';

export const trainedSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('trained'),
    index: z.number().int().min(0),
    model_sha256: z.string(),
    /** Of the validation rows. */
    validation_log_loss: z.number(),
    /** Mean over patient-grouped folds of the training rows; null where the candidate asked for none. */
    cv_log_loss: z.number().nullable(),
    /** trainingRowsHash of what was read. */
    rows_sha256: z.string(),
    /** sha256 of the run's record in Tracking, as canonical JSON. */
    record_sha256: z.string(),
  }),
  z.object({
    outcome: z.literal('nothing_usable'),
    index: z.number().int().min(0),
    reason: z.string(),
  }),
  /** Its fit failed, for want of memory or time or by a named error; the others go on. Written by the state machine's Catch. */
  z.object({
    outcome: z.literal('failed'),
    index: z.number().int().min(0),
    error: z.object({ Error: z.string(), Cause: z.string().default('') }),
  }),
]);
export type Trained = z.infer<typeof trainedSchema>;
