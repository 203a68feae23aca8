// What Plan is given: the execution's own input, and the batches that Ingest took for it.
import * as z from 'zod';
import { requestSchema } from '../../core/run/request.ts';

export const planInputSchema = z.object({
  request: requestSchema,
  new_batches: z.array(z.number().int().positive()),
});
export type PlanInput = z.infer<typeof planInputSchema>;
