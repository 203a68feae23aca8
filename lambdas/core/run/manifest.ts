// What Ingest tells Clean about a raw batch beside its lines.
import * as z from 'zod';
import { recordedIdentitySchema } from '../dataset/identity.ts';
import { readingSchema } from '../encounter/reading/reading.ts';

export const rawManifestSchema = z.object({
  batch_id: z.number().int().positive(),
  source_key: z.string(),
  /** What the source was registered as. */
  dataset: recordedIdentitySchema,
  source_sha256: z.string(),
  /** Line of the source (the header is line 1) that the batch's first row stood on. */
  first_line: z.number().int().min(2),
  rows: z.number().int().min(1),
  /** How the file is written; absent for the dataset's own form in batches of before. */
  reading: readingSchema.optional(),
  /** Rows whose encounter another batch holds: line of the source, and that batch. */
  duplicates: z.array(z.object({ line: z.number(), first_batch_id: z.number() })).readonly(),
  /** Lines longer than the contract allows: kept up to its limit; `bytes` is their true length. */
  cut_lines: z.array(z.object({ line: z.number(), bytes: z.number() })).readonly(),
});
export type RawManifest = z.infer<typeof rawManifestSchema>;
