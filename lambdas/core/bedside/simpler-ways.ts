// The challenger beside what is simpler: the constant rate, bedside scores, the other candidates; for the card, the report and the page.
import * as z from 'zod';
import { estimateSchema } from '../evaluation/estimate.ts';
import type { PairedComparison } from '../evaluation/schema.ts';
import { BEDSIDE_SCORES } from './scores.ts';

export const simplerWaySchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Where a bedside score was published, and what of it the fields do not hold; null for anything else. */
  source: z.string().nullable(),
  missing: z.string().nullable(),
  auroc: z.number().nullable(),
  log_loss: z.number().nullable(),
  /** The challenger's figure minus this one's, same test rows and resamples. */
  gain: z.object({ auroc: estimateSchema, log_loss: estimateSchema }),
});
export type SimplerWay = Readonly<z.infer<typeof simplerWaySchema>>;

/** The hardest to beat first. */
export function simplerWays(comparisons: Readonly<Record<string, PairedComparison>>): SimplerWay[] {
  return Object.entries(comparisons)
    .map(([name, { metrics }]): SimplerWay => {
      const score = BEDSIDE_SCORES.find((each) => each.name === name);
      return {
        name,
        title: score?.title ?? (name === 'constant' ? 'the mean rate for everybody' : name),
        source: score?.source ?? null,
        missing: score?.missing ?? null,
        auroc: metrics.auroc.b,
        log_loss: metrics.log_loss.b,
        gain: { auroc: metrics.auroc.difference, log_loss: metrics.log_loss.difference },
      };
    })
    .sort((a, b) => (a.log_loss ?? Infinity) - (b.log_loss ?? Infinity) || (a.name < b.name ? -1 : 1));
}
