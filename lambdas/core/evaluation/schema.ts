// The shape of evaluation.json: what was measured of one model on one set of rows, for writers and readers alike.

import * as z from 'zod';
import { temporalEvaluationSchema } from '../temporal/schema.ts';
import { estimateSchema } from './estimate.ts';

export { type Estimate, estimateSchema } from './estimate.ts';

/** Ranking and calibration of the probabilities, and the decisions at the threshold. */
export const metricsSchema = z.object({
  auroc: estimateSchema,
  /** Average precision: the sum over thresholds of (gain in recall) x precision. */
  auprc: estimateSchema,
  log_loss: estimateSchema,
  brier: estimateSchema,
  /** Expected calibration error over 10 equal-mass bins (reliability.ts), less the bias of binning (corrected.ts). */
  ece: estimateSchema,
  accuracy: estimateSchema,
  precision: estimateSchema,
  recall: estimateSchema,
  f1: estimateSchema,
  /** Share of rows at or above the threshold. */
  flagged_share: estimateSchema,
});

export const sliceLevelSchema = z.object({
  level: z.string(),
  rows: z.int(),
  positives: z.int(),
  mean_predicted: z.number(),
  metrics: metricsSchema,
});

const point = z.tuple([z.number(), z.number()]);

export const evaluationSchema = z.object({
  rows: z.int(),
  positives: z.int(),
  patients: z.int(),
  prevalence: z.number(),
  mean_predicted: z.number(),
  /** The calibration error as it stands in `reliability`, before its bias is taken off. Absent in old evaluations. */
  ece_plug_in: z.number().optional(),
  /** Rows at or above it count as predicted positive. */
  threshold: z.number(),
  bootstrap: z.object({
    unit: z.literal('patient'),
    resamples: z.int(),
    seed: z.int(),
    confidence: z.literal(0.95),
  }),
  metrics: metricsSchema,
  /** The rows of highest risk; `share` of all rows, ties at the edge counted in proportion. */
  top: z.array(
    z.object({ share: z.number(), precision: estimateSchema, recall: estimateSchema, lift: estimateSchema }),
  ),
  /** Decision curve (Vickers and Elkin 2006): true positives a row less false positives weighed by the odds of `threshold`. */
  net_benefit: z.array(z.object({ threshold: z.number(), model: estimateSchema, treat_all: z.number() })),
  /** Bins of equal mass by probability, lowest first. */
  reliability: z.array(
    z.object({
      lower: z.number(),
      upper: z.number(),
      rows: z.int(),
      mean_predicted: z.number(),
      observed: estimateSchema,
    }),
  ),
  /** At most 200 points each: [false positive rate, recall], [recall, precision], [mean predicted, observed]. */
  curves: z.object({ roc: z.array(point), precision_recall: z.array(point), calibration: z.array(point) }),
  slices: z.record(z.string(), z.array(sliceLevelSchema)),
  /** The same recipe fitted on earlier encounters and tested on later ones; only the challenger of a run has it. */
  temporal: temporalEvaluationSchema.optional(),
});

/** a - b of two models on the same rows and the same resamples. */
export const differenceSchema = z.object({
  a: z.number().nullable(),
  b: z.number().nullable(),
  difference: estimateSchema,
});

export const pairedComparisonSchema = z.object({
  rows: z.int(),
  positives: z.int(),
  resamples: z.int(),
  seed: z.int(),
  /** Both models gave every row the same probability. */
  identical: z.boolean(),
  metrics: z.object({
    auroc: differenceSchema,
    auprc: differenceSchema,
    log_loss: differenceSchema,
    brier: differenceSchema,
    /** Absent in comparisons from before it was asked. */
    ece: differenceSchema.optional(),
  }),
});

/** By slice name: the AUROC difference in each level. */
export const pairedSlicesSchema = z.record(
  z.string(),
  z.array(z.object({ level: z.string(), rows: z.int(), positives: z.int(), auroc: differenceSchema })),
);

export type Metrics = Readonly<z.infer<typeof metricsSchema>>;
export type SliceLevel = Readonly<z.infer<typeof sliceLevelSchema>>;
export type Evaluation = Readonly<z.infer<typeof evaluationSchema>>;
export type Difference = Readonly<z.infer<typeof differenceSchema>>;
export type PairedComparison = Readonly<z.infer<typeof pairedComparisonSchema>>;
export type PairedSlices = Readonly<z.infer<typeof pairedSlicesSchema>>;
