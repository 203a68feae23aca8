// Requests and answers of the routes that watch and steer the pipeline; OpenAPI and the web page share them.
import * as z from 'zod';
import { sentence } from '../json/text.ts';

const time = z.string().nullable().meta({ description: 'ISO 8601, UTC' });

export const executionNameSchema = z.object({
  name: z
    .string()
    .regex(/^[0-9A-Za-z_-]{1,80}$/, 'expected the name of an execution')
    .meta({ description: 'Name of the execution' }),
});

const executionFacts = {
  name: z.string(),
  status: z.string().meta({ description: 'RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED' }),
  started_at: time,
  stopped_at: time,
};

export const executionsSchema = z
  .object({
    machine: z.string().meta({ description: 'ARN of the state machine' }),
    executions: z.array(
      z.object({
        ...executionFacts,
        outcome: z
          .string()
          .nullable()
          .meta({ description: 'promoted, rejected, champion_changed, held, unchanged or failed' }),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Executions', description: 'Newest first' });
export type Executions = z.infer<typeof executionsSchema>;

export const stateVisitSchema = z
  .object({
    state: z.string(),
    type: z.string(),
    status: z.enum(['running', 'succeeded', 'failed', 'stopped']),
    entered_at: z.string(),
    left_at: time,
    input: z.unknown(),
    output: z.unknown(),
    attempts: z.int(),
    failures: z.array(z.object({ at: z.string(), error: z.string(), cause: z.string() })),
    items: z.object({ total: z.int().nullable(), succeeded: z.int() }).nullable(),
  })
  .meta({ id: 'StateVisit', description: 'One time that an execution entered a state' });

export const executionDetailSchema = z
  .object({
    ...executionFacts,
    input: z.unknown(),
    output: z.unknown(),
    error: z.string().nullable(),
    cause: z.string().nullable(),
    visits: z.array(stateVisitSchema),
    records: z
      .array(z.looseObject({ sk: z.string(), state: z.string() }))
      .meta({ description: 'What each step wrote down; the iterations of a Map one by one' }),
    summary: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'ExecutionDetail' });
export type ExecutionDetail = z.infer<typeof executionDetailSchema>;

export const stopSchema = z
  .strictObject({ name: executionNameSchema.shape.name, reason: sentence(500) })
  .meta({ id: 'Stop', examples: [{ name: '1f0c2ab3-1', reason: 'The wrong file' }] });

const fileName = z
  .string()
  .regex(/^[0-9A-Za-z_][0-9A-Za-z_.-]{0,99}$/, 'expected a file name of letters, digits, ".", "_" and "-"');
const key = z.string().regex(/^incoming\/[0-9A-Za-z_][0-9A-Za-z_.-]{0,99}$/, 'expected a key under incoming/');
const uploadId = z.string().regex(/^[0-9A-Za-z._~+/=-]{1,2000}$/, 'expected the upload_id of POST /uploads');
const partNumber = z.int().min(1).max(10_000);
const etag = z.string().regex(/^"?[0-9A-Za-z+/=_-]{1,200}"?$/, 'expected the etag of POST /uploads/parts');

/** Bytes of a part before compression. S3 wants 5 MiB or more of every part but the last. */
export const PART_BYTES = 5 * 1024 * 1024;

export const uploadSchema = z.strictObject({ name: fileName }).meta({ id: 'Upload', examples: [{ name: 'new.csv' }] });
export const uploadPartSchema = z
  .strictObject({
    key,
    upload_id: uploadId,
    number: partNumber,
    data: z.string().meta({
      description: `gzip of up to ${PART_BYTES} bytes of the file, as base64`,
      format: 'base64-gzip',
    }),
  })
  .meta({ id: 'UploadPart' });
export const uploadEndSchema = z
  .strictObject({
    key,
    upload_id: uploadId,
    parts: z
      .array(z.strictObject({ number: partNumber, etag }))
      .min(1)
      .max(10_000)
      .meta({ description: 'Each number once' }),
  })
  .meta({ id: 'UploadEnd' });

export const uploadBegunSchema = z
  .object({ key: z.string(), upload_id: z.string(), part_bytes: z.int() })
  .meta({ id: 'UploadBegun' });
export const partStoredSchema = z.object({ number: z.int(), etag: z.string() }).meta({ id: 'PartStored' });
export const uploadedSchema = z.object({ key: z.string() }).meta({ id: 'Uploaded' });
export const filesSchema = z
  .object({ files: z.array(z.object({ key: z.string(), bytes: z.int(), uploaded_at: time })) })
  .meta({ id: 'IncomingFiles', description: 'What a pipeline execution can start with' });

export const quarantineSchema = z
  .object({
    batches: z.array(
      z.object({ batch_id: z.int(), rows: z.int(), clean: z.int(), quarantined: z.record(z.string(), z.int()) }),
    ),
    batch_id: z.int().nullable(),
    total: z.int().meta({ description: 'Rows of this batch that were put aside; up to 1,000 of them are in `rows`' }),
    rows: z.array(
      z.object({
        line: z.int(),
        reason: z.string(),
        field: z.string().nullable(),
        message: z.string(),
        raw: z.string(),
        encoding: z.string(),
      }),
    ),
  })
  .meta({ id: 'Quarantine' });
export type Quarantine = z.infer<typeof quarantineSchema>;
