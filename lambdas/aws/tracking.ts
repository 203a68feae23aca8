// What the Tracking table holds: sources, batches, datasets, runs and executions, each with its key and shape.
import * as z from 'zod';
import { settings } from './settings.ts';
import { getItem, numberedKey, putAllIfAbsent, putItem, putItemIfAbsent, queryItems } from './tables.ts';

/** How far a source file has been cut into batches; keyed by the sha256 of the whole file. */
export const progressSchema = z.object({
  key: z.string(),
  size: z.number(),
  /** First byte and line (1-based, the header is line 1) that no batch holds yet. */
  next_offset: z.number(),
  next_line: z.number(),
  batches: z.number(),
  complete: z.boolean(),
});
export type SourceProgress = z.infer<typeof progressSchema>;

/** One raw batch: a run of consecutive lines of one source. Reserved by its number; it counts once it is in the log of claims. */
export const batchSchema = z.object({
  batch_id: z.number(),
  source_sha256: z.string(),
  source_key: z.string(),
  ordinal: z.number(),
  first_line: z.number(),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
});
export type Batch = z.infer<typeof batchSchema>;

const countsBySplit = z.object({ train: z.number(), validation: z.number(), test: z.number() });

const sha256BySplit = z.object({ train: z.string(), validation: z.string(), test: z.string() });

/** What cleaning a batch gave. `splits` counts eligible rows only; `parts` has the sha256 of what was written. */
export const cleanedSchema = z.object({
  batch_id: z.number(),
  rows: z.number(),
  clean: z.number(),
  quarantined: z.record(z.string(), z.number()),
  eligible: z.number(),
  splits: countsBySplit,
  parts: sha256BySplit,
  /** The file and how it was read, in words; absent in records of before. */
  source: z.string().optional(),
  read_as: z.string().optional(),
});
export type CleanedBatch = z.infer<typeof cleanedSchema>;

/** How a run over a dataset ended. */
export const runOutcomeSchema = z.object({
  run_id: z.string(),
  outcome: z.enum(['promoted', 'rejected']),
  execution: z.string(),
  version: z.number().nullable(),
  reason: z.string(),
});
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/** The one dataset whose rows a deployment holds: recorded when its first source is registered. */
const heldDatasetSchema = z.object({ name: z.string(), synthetic: z.boolean() });

const givenSchema = z.object({ claim: z.number() });

const table = () => settings().trackingTable;

export const sources = {
  progress: (sha256: string) => getItem(table(), `source#${sha256}`, 'progress', progressSchema),
  saveProgress: (sha256: string, progress: SourceProgress) =>
    putItem(table(), { pk: `source#${sha256}`, sk: 'progress', ...progress }),
  /** The batch that was cut as the n-th (0-based) of a source, if it was. */
  batch: (sha256: string, ordinal: number) =>
    getItem(table(), `source#${sha256}`, numberedKey('batch', ordinal), batchSchema),
  /**
   * Notes that a file was given: the first time of each upload, with the number of the last claim then.
   * @returns that number
   */
  noteGiven: async (sha256: string, upload: string, claim: number): Promise<number> => {
    const key = { pk: `source#${sha256}`, sk: `given#${upload}` };
    if (await putItemIfAbsent(table(), { ...key, claim })) return claim;
    return (await getItem(table(), key.pk, key.sk, givenSchema))?.claim ?? claim;
  },
};

export const heldDataset = {
  get: () => getItem(table(), 'dataset', 'held', heldDatasetSchema),
  /** @returns the dataset that is held by now: the given one, or one that was registered before it */
  register: async (dataset: Readonly<z.infer<typeof heldDatasetSchema>>) => {
    const identity = { name: dataset.name, synthetic: dataset.synthetic };
    if (await putItemIfAbsent(table(), { pk: 'dataset', sk: 'held', ...identity })) return identity;
    return (await heldDataset.get()) ?? identity;
  },
};

export const batches = {
  all: () => queryItems(table(), 'batches', 'batch#', batchSchema),
  last: async () => (await queryItems(table(), 'batches', 'batch#', batchSchema, { descending: true, limit: 1 }))[0],
  /** Takes a batch_id for one part of a source, both or neither; false if either is taken by now. */
  reserve: (batch: Batch) =>
    putAllIfAbsent(table(), [
      { pk: 'batches', sk: numberedKey('batch', batch.batch_id), ...batch },
      { pk: `source#${batch.source_sha256}`, sk: numberedKey('batch', batch.ordinal), ...batch },
    ]),
  /** Takes a batch_id for rows that a batch of the same source held before. */
  reserveAgain: (batch: Batch) =>
    putItemIfAbsent(table(), { pk: 'batches', sk: numberedKey('batch', batch.batch_id), ...batch }),
  saveCleaned: (cleaned: CleanedBatch) =>
    putItem(table(), { pk: 'cleaned', sk: numberedKey('batch', cleaned.batch_id), ...cleaned }),
  /** A record from before `parts` were kept counts as none: the batch is cleaned once more, to the same bytes. */
  cleaned: async () => {
    const records = await queryItems(table(), 'cleaned', 'batch#', cleanedSchema.partial({ parts: true }));
    return records.flatMap(({ parts, ...batch }) => (parts === undefined ? [] : [{ ...batch, parts }]));
  },
};

export const runs = {
  outcome: (runId: string) => getItem(table(), 'outcomes', `run#${runId}`, runOutcomeSchema),
  outcomes: () => queryItems(table(), 'outcomes', 'run#', runOutcomeSchema),
  /**
   * The first word on a run stands, but for a promotion: two executions may decide the same run against different champions,
   * and what is in the ledger is what happened.
   */
  saveOutcome: async (outcome: RunOutcome): Promise<void> => {
    const item = { pk: 'outcomes', sk: `run#${outcome.run_id}`, ...outcome };
    if (outcome.outcome === 'promoted') await putItem(table(), item);
    else await putItemIfAbsent(table(), item);
  },
  /** The run's report: what the closing table of an execution shows. One per run, the last evaluation's. */
  report: (runId: string) => getItem(table(), 'reports', `run#${runId}`, z.record(z.string(), z.unknown())),
  saveReport: (runId: string, report: Readonly<Record<string, unknown>>) =>
    putItem(table(), { ...report, pk: 'reports', sk: `run#${runId}` }),
  /** A tracked run of the experiment: parameters, metrics and lineage of one candidate. */
  save: (runId: string, record: Readonly<Record<string, unknown>>) =>
    putItem(table(), { pk: `experiment#${settings().experiment}`, sk: `run#${runId}`, ...record }),
  /** What the test rows said of a tracked run: beside its record, since another function writes it. */
  saveMeasured: (runId: string, record: Readonly<Record<string, unknown>>) =>
    putItem(table(), { pk: `experiment#${settings().experiment}`, sk: `measured#${runId}`, ...record }),
};

export const executions = {
  /** What one state of an execution did and took; `item` tells Map iterations apart. */
  saveState: (execution: string, state: string, item: string | null, record: Readonly<Record<string, unknown>>) =>
    putItem(table(), {
      pk: `execution#${execution}`,
      sk: item === null ? `state#${state}` : `state#${state}#${item}`,
      state,
      ...record,
    }),
  saveSummary: (execution: string, summary: Readonly<Record<string, unknown>>) =>
    // The keys last: a summary that repeats a run's report carries that item's own.
    putItem(table(), { ...summary, pk: `execution#${execution}`, sk: 'summary' }),
};
