// GET /performance and GET /drift as they are answered.
import * as z from 'zod';
import { estimateSchema } from '../../evaluation/estimate.ts';

const count = z.int().min(0);

export const figuresSchema = z
  .object({
    rows: count,
    readmitted: count,
    /** Sum of the probabilities that were answered. */
    expected: z.number(),
    observed_expected: estimateSchema,
    slope: estimateSchema,
    intercept: estimateSchema,
    auroc: estimateSchema,
    log_loss: estimateSchema,
    ece: estimateSchema,
    net_benefit: z.array(z.object({ threshold: z.number(), model: estimateSchema, treat_all: z.number() })),
  })
  .meta({ id: 'RealisedFigures', description: 'On matured cohorts, with 95 % intervals' });
export type RealisedFigures = z.infer<typeof figuresSchema>;

export const performanceSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    read_at: z.string(),
    cohorts: z.array(
      z.object({ day: z.string(), ripe_at: z.string(), ripe: z.boolean(), predictions: count, outcomes: count }),
    ),
    versions: z.array(
      z.object({
        model_version: z.string(),
        figures: figuresSchema.nullable(),
        alarm: z.object({
          raised: z.boolean(),
          log10_e: z.number(),
          direction: z.enum(['more_than_predicted', 'fewer_than_predicted']).nullable(),
        }),
      }),
    ),
    unknown_outcomes: count.meta({ description: 'Reported of predictions that are not recorded' }),
    note: z.string().nullable().meta({ description: 'Why there is no figure, where there is none' }),
  })
  .meta({ id: 'Performance' });
export type PerformanceAnswer = z.infer<typeof performanceSchema>;

const shift = { psi: z.number(), critical: z.number(), p: z.number(), levels: count };

export const driftSchema = z
  .object({
    read_at: z.string(),
    versions: z.array(
      z.object({
        dataset: z.string(),
        model_version: z.string(),
        reference: z.object({ from: z.string(), to: z.string(), predictions: count, level_rows: count }),
        window: z.object({ from: z.string(), to: z.string(), predictions: count, level_rows: count }),
        scores: z.object(shift).nullable(),
        mean_probability: z.object({ reference: z.number().nullable(), window: z.number().nullable() }),
        warned: z.record(z.string(), count).meta({ description: 'Warnings of the window, by code' }),
        fields: z.array(z.object({ field: z.string(), named: z.boolean(), persistent: z.boolean(), ...shift })),
      }),
    ),
    note: z.string().nullable().meta({ description: 'Why there is no drift to tell, where there is none' }),
  })
  .meta({ id: 'Drift' });
export type DriftAnswer = z.infer<typeof driftSchema>;
