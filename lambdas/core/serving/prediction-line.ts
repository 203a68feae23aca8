// The log line of a request that predicted. No value of the encounter is in it: what the model said, warnings, and
// coarse levels of a few fields.
import * as z from 'zod';
import type { Encounter } from '../encounter/contract.ts';
import type { Warning } from './answers.ts';
import { featureSummarySchema, summarizeFeatures } from './feature-summary.ts';

/** What the monitor reads of the line. */
export const predictionLineSchema = z.object({
  event: z.literal('prediction'),
  request_id: z.string(),
  model_version: z.string(),
  /** Answers by class; a batch has many in one line. */
  class_0: z.int(),
  class_1: z.int(),
  /** Encounters of a batch that did not fit the contract. */
  invalid: z.int(),
  duration_ms: z.number(),
  /** Warnings by code. */
  warnings: z.record(z.string(), z.int()),
  /** Mean calibrated probability of the answers, four decimals. */
  mean_probability: z.number().nullable(),
  features: featureSummarySchema.default({}),
});
export type PredictionLine = z.infer<typeof predictionLineSchema>;

export interface Judged {
  readonly prediction: 0 | 1;
  readonly probability: number;
  readonly warnings: readonly Warning[];
}

export interface PredictionFacts {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly modelVersion: string;
  readonly judged: readonly Judged[];
  /** The encounters that were judged. */
  readonly encounters: readonly Encounter[];
  readonly durationMs: number;
  readonly errors: number;
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
const METRICS = [
  {
    Namespace: 'Readmit',
    Dimensions: [['model_version']],
    Metrics: [
      { Name: 'class_0', Unit: 'Count' },
      { Name: 'class_1', Unit: 'Count' },
      { Name: 'invalid', Unit: 'Count' },
      { Name: 'duration_ms', Unit: 'Milliseconds' },
    ],
  },
];

export function predictionLine(facts: PredictionFacts): PredictionLine & { readonly _aws: unknown } {
  const { judged } = facts;
  let positives = 0;
  let sum = 0;
  const warnings: Record<string, number> = {};
  for (const answer of judged) {
    positives += answer.prediction;
    sum += answer.probability;
    for (const { code } of answer.warnings) warnings[code] = (warnings[code] ?? 0) + 1;
  }
  return {
    _aws: { Timestamp: facts.time, CloudWatchMetrics: METRICS },
    event: 'prediction',
    request_id: facts.requestId,
    model_version: facts.modelVersion,
    class_0: judged.length - positives,
    class_1: positives,
    invalid: facts.errors,
    duration_ms: Math.round(facts.durationMs * 1000) / 1000,
    warnings,
    mean_probability: judged.length === 0 ? null : Math.round((sum / judged.length) * 1e4) / 1e4,
    features: summarizeFeatures(facts.encounters),
  };
}
