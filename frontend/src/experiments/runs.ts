// Tracked runs as the page reads them: one fitted candidate each, with what the test rows said where they were asked.
import { z } from 'zod';
import { evaluationSchema } from '../../../lambdas/core/evaluation/schema.ts';
import type { TextKey } from '../text/language.ts';

const interval = z.tuple([z.number().nullable(), z.number().nullable()]);

export const runSchema = z.looseObject({
  run_id: z.string(),
  pipeline_run_id: z.string().default(''),
  name: z.string().default(''),
  algorithm: z.string().default(''),
  seed: z.number().nullable().default(null),
  params: z.record(z.string(), z.unknown()).default({}),
  fit: z.looseObject({ train_rows: z.number().optional(), rounds: z.number().optional() }).default({}),
  model_sha256: z.string().default(''),
  dataset_sha256: z.string().default(''),
  code_version: z.string().default(''),
  batches: z.array(z.number()).default([]),
  validation: z.object({ log_loss: z.number().nullable().default(null) }).default({ log_loss: null }),
  chosen: z.boolean().default(false),
  onnx_parity: z.number().nullable().default(null),
  test: z.record(z.string(), z.union([z.number(), z.null(), interval])).optional(),
});
export type Run = z.infer<typeof runSchema>;

export const runsSchema = z.object({ experiment: z.string(), runs: z.array(runSchema) });

export const runEvaluationSchema = z.object({
  evaluation: evaluationSchema.nullable(),
  fit: z
    .looseObject({
      learning_curve: z
        .array(
          z.object({
            round: z.number(),
            validation_log_loss: z.number(),
            train_log_loss: z.number().optional(),
          }),
        )
        .default([]),
      importance: z.array(z.object({ feature: z.string(), share: z.number() })).default([]),
    })
    .nullable(),
});
export type RunEvaluation = z.infer<typeof runEvaluationSchema>;

/** A run with what was measured of it. */
export interface LookedAt {
  readonly run: Run;
  readonly measured: RunEvaluation;
}

export interface Metric {
  readonly name: string;
  readonly label: TextKey;
  /** Whether more of it is better. */
  readonly better: 'more' | 'less';
}

export const METRICS: readonly Metric[] = [
  { name: 'auroc', label: 'metric.auroc', better: 'more' },
  { name: 'auprc', label: 'metric.auprc', better: 'more' },
  { name: 'log_loss', label: 'metric.log_loss', better: 'less' },
  { name: 'brier', label: 'metric.brier', better: 'less' },
  { name: 'ece', label: 'metric.ece', better: 'less' },
  { name: 'precision', label: 'metric.precision', better: 'more' },
  { name: 'recall', label: 'metric.recall', better: 'more' },
];

export function metricOf(run: Run, name: string): { value: number | null; low: number | null; high: number | null } {
  const value = run.test?.[name];
  const ends = run.test?.[`${name}_interval`];
  const [low, high] = Array.isArray(ends) ? ends : [null, null];
  return { value: typeof value === 'number' ? value : null, low, high };
}
