// The execution's input: what a person, a schedule or an upload asks of the chain.
import * as z from 'zod';
import { candidateSchema, DEFAULT_CANDIDATES } from '../candidates/candidate.ts';
import { DEFAULT_DATASET, datasetNameSchema } from '../dataset/named.ts';

export const requestSchema = z.object({
  /** Key of the encounter file in the data bucket. */
  source: z
    .string()
    .min(10)
    .max(1024)
    .startsWith('incoming/', { error: 'source must be a key under incoming/, such as incoming/diabetic_data.csv' }),
  /** What the file is of. Rows of another dataset than the one whose rows are here already are refused. */
  dataset: datasetNameSchema.default(DEFAULT_DATASET.name),
  /** Take only the next n batches of the source; the rest waits for later executions. */
  batchLimit: z.number().int().min(1).max(100_000).optional(),
  candidates: z
    .array(candidateSchema)
    .min(1)
    .max(50)
    .default([...DEFAULT_CANDIDATES]),
  /** Only makes the execution's name new after a failure. */
  attempt: z.number().int().min(1).default(1),
});
export type PipelineRequest = z.infer<typeof requestSchema>;
