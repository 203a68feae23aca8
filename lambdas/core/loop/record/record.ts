// The record of a prediction: what was answered, by what, and nothing of whom. Records lie in groups, as they were logged.
import * as z from 'zod';
import { predictionId } from './prediction-id.ts';

const code = z.string().max(64);
const place = z.string().regex(/^\d{1,3}$/);

/** Answers of one request by column; entry i of each list is the i-th answer. */
export const answersSchema = z.object({
  /** Position in the batch. */
  index: z.array(z.int().min(0).max(999)),
  /** Raw score: log-odds before calibration. Both are rounded to millionths. */
  margin: z.array(z.number()),
  probability: z.array(z.number().min(0).max(1)),
  /** Codes of warnings by entry, for those that have any. */
  warned: z.record(place, z.array(code)).optional(),
  /** Keyed hash of the caller's own reference of the encounter by entry, where one was sent. */
  encounter: z.record(place, z.string().regex(/^[0-9a-f]{32}$/)).optional(),
});
export type Answers = Readonly<z.infer<typeof answersSchema>>;

/** What the answers of one request have in common, and the answers. */
export const recordGroupSchema = z.object({
  request_id: z.string().regex(/^[\w-]{1,80}$/),
  /** When the request came, milliseconds since 1970. */
  time: z.int().min(0),
  dataset: z.string().regex(/^[\w.-]{1,64}$/),
  model_version: z.string().regex(/^[\w.-]{1,64}$/),
  model_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Hash of the levels that fields are counted in. */
  contract: z.string().regex(/^[0-9a-f]{16}$/),
  threshold: z.number().min(0).max(1),
  explained: z.boolean(),
  answers: answersSchema,
});
export type RecordGroup = Readonly<z.infer<typeof recordGroupSchema>>;

export interface PredictionRecord {
  readonly prediction_id: string;
  readonly time: number;
  readonly dataset: string;
  readonly model_version: string;
  readonly model_sha256: string;
  readonly contract: string;
  readonly threshold: number;
  readonly explained: boolean;
  readonly margin: number;
  readonly probability: number;
  readonly warnings: readonly string[];
  readonly encounter: string | null;
}

export function recordsOf({ request_id, answers, ...common }: RecordGroup): PredictionRecord[] {
  return answers.index.map((position, i) => ({
    prediction_id: predictionId(common.time, request_id, position),
    ...common,
    margin: answers.margin[i] ?? 0,
    probability: answers.probability[i] ?? 0,
    warnings: answers.warned?.[i] ?? [],
    encounter: answers.encounter?.[i] ?? null,
  }));
}

const groupsSchema = z.array(recordGroupSchema);

/** Records from the texts of stored groups, by time and name. @throws ZodError for a text that is none of ours */
export function recordsFrom(texts: readonly string[]): PredictionRecord[] {
  return texts
    .flatMap((text) => groupsSchema.parse(JSON.parse(text)))
    .flatMap(recordsOf)
    .sort((a, b) => a.time - b.time || (a.prediction_id < b.prediction_id ? -1 : 1));
}

export const millionths = (value: number): number => Math.round(value * 1e6) / 1e6;
