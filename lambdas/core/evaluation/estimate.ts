// A figure with its interval, as every evaluation writes it.

import * as z from 'zod';

/**
 * A figure with its 95 % interval. Null where the rows cannot give it (one class only, too few rows, nothing above the
 * threshold), with `reason` saying why; never NaN.
 */
export const estimateSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  reason: z.string().optional(),
});

export type Estimate = Readonly<z.infer<typeof estimateSchema>>;
