// What a model's recipe is worth in time: fitted on earlier encounters, tested on later ones. Part of evaluation.json.

import * as z from 'zod';
import { estimateSchema } from '../evaluation/estimate.ts';

const count = z.int().min(0);

/** Figures of one set of later encounters. Intervals: 95 %, resamples of patients, the same ones for every set. */
export const temporalFiguresSchema = z.object({
  rows: count,
  positives: count,
  patients: count,
  mean_predicted: z.number().nullable(),
  auroc: estimateSchema,
  log_loss: estimateSchema,
  /** Expected calibration error over 10 equal-mass bins, see reliability.ts. */
  ece: estimateSchema,
  /** Of a logistic regression of the outcome on the log-odds: 1 = spread as it should be, below 1 = too extreme. */
  slope: estimateSchema,
  /** Calibration in the large: what to add to the log-odds (slope held at 1) so that the mean is right; 0 = right. */
  intercept: estimateSchema,
  /** Readmissions that came over readmissions that were predicted: below 1 = the model predicts too many. */
  observed_expected: estimateSchema,
});

const windowSchema = z.object({
  /** Share of the ordered encounters that came before, and share at which the window ends. */
  from: z.number(),
  to: z.number(),
  /** Order (encounter_id) of the window's first encounter: what was fitted on lies below it. */
  starts_at: z.number(),
  /** Encounters below it that were fitted on, and that stopped and calibrated the fit. */
  train_rows: count,
  validation_rows: count,
  /** Every encounter of the window. */
  all: temporalFiguresSchema,
  /** Those of patients without any encounter before the window. */
  first_seen: temporalFiguresSchema,
  /** The first window's model, left as it was, on this window; null in the first window. */
  frozen: temporalFiguresSchema.nullable(),
});

export const temporalEvaluationSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('measured'),
    /** What stands for time. */
    order: z.literal('encounter_id'),
    bootstrap: z.object({ unit: z.literal('patient'), resamples: count, seed: z.int() }),
    windows: z.array(windowSchema).min(1),
    /** All windows together, each encounter as its own window's model scored it. */
    all: temporalFiguresSchema,
    first_seen: temporalFiguresSchema,
  }),
  z.object({ outcome: z.literal('not_measured'), reason: z.string().min(1) }),
]);

export type TemporalFigures = Readonly<z.infer<typeof temporalFiguresSchema>>;
export type TemporalWindow = Readonly<z.infer<typeof windowSchema>>;
export type TemporalEvaluation = Readonly<z.infer<typeof temporalEvaluationSchema>>;
export type MeasuredInTime = Extract<TemporalEvaluation, { outcome: 'measured' }>;
