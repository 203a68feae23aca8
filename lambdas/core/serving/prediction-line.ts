// The log line of a request that predicted: its metrics, its record, and now and then the levels of many encounters
// together. No value of an encounter is in it.
import * as z from 'zod';
import { type Answers, answersSchema, millionths, recordGroupSchema } from '../loop/record/record.ts';
import type { LevelCounts } from '../loop/sketch/tally.ts';
import type { Warning } from './answers.ts';

const levelsSchema = z.object({
  contract: recordGroupSchema.shape.contract,
  rows: z.int().min(1),
  counts: z.record(z.string().regex(/^\d{1,3}\.\d{1,3}$/), z.int().min(1)),
});

/** What a line has since predictions are recorded; one that an older deployment wrote is counted, and has no record. */
const recordedSchema = z.object({
  ...recordGroupSchema.omit({ request_id: true, model_version: true, answers: true }).shape,
  answers: answersSchema,
  levels: levelsSchema.nullable(),
});

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
  recorded: recordedSchema.optional(),
});
export type PredictionLine = z.infer<typeof predictionLineSchema>;

export interface Judged {
  /** Position in the batch; 0 where there is none. */
  readonly position: number;
  readonly prediction: 0 | 1;
  readonly margin: number;
  readonly probability: number;
  readonly warnings: readonly Warning[];
  /** Keyed hash of the caller's reference; absent where none was sent. */
  readonly encounter?: string | null;
}

export interface PredictionFacts {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly environment: string;
  readonly dataset: string;
  readonly model: { readonly version: string; readonly sha256: string; readonly threshold: number };
  readonly contract: string;
  readonly explained: boolean;
  readonly judged: readonly Judged[];
  /** What the function gathered of many encounters, when it is time to tell it. */
  readonly levels: LevelCounts | null;
  readonly durationMs: number;
  readonly errors: number;
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
const METRICS = [
  {
    Namespace: 'Readmit',
    // The stacks of one account share the namespace: a dashboard shows one of them.
    Dimensions: [['environment', 'model_version']],
    Metrics: [
      { Name: 'class_0', Unit: 'Count' },
      { Name: 'class_1', Unit: 'Count' },
      { Name: 'invalid', Unit: 'Count' },
      { Name: 'duration_ms', Unit: 'Milliseconds' },
    ],
  },
];

export type WrittenLine = PredictionLine & { readonly _aws: unknown; readonly environment: string };

export function predictionLine(facts: PredictionFacts): WrittenLine {
  const { judged, model } = facts;
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
    environment: facts.environment,
    request_id: facts.requestId,
    model_version: model.version,
    class_0: judged.length - positives,
    class_1: positives,
    invalid: facts.errors,
    duration_ms: Math.round(facts.durationMs * 1000) / 1000,
    warnings,
    mean_probability: judged.length === 0 ? null : Math.round((sum / judged.length) * 1e4) / 1e4,
    recorded: {
      time: facts.time,
      dataset: facts.dataset,
      model_sha256: model.sha256,
      contract: facts.contract,
      threshold: model.threshold,
      explained: facts.explained,
      answers: answersOf(judged),
      levels: facts.levels,
    },
  };
}

function answersOf(judged: readonly Judged[]): Answers {
  const answers: z.infer<typeof answersSchema> = { index: [], margin: [], probability: [] };
  for (const [i, { position, margin, probability, warnings, encounter }] of judged.entries()) {
    if (typeof encounter === 'string') {
      answers.encounter ??= {};
      answers.encounter[i] = encounter;
    }
    answers.index.push(position);
    answers.margin.push(millionths(margin));
    answers.probability.push(millionths(probability));
    if (warnings.length === 0) continue;
    answers.warned ??= {};
    answers.warned[i] = warnings.map(({ code }) => code);
  }
  return answers;
}
