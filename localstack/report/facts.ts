// What an execution did, read from where the steps wrote it: Tracking, the ledger, the champion's evaluation.
import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { simplerWaySchema } from '../../lambdas/core/bedside/simpler-ways.ts';
import { evaluationSchema } from '../../lambdas/core/evaluation/schema.ts';
import { keys } from '../../lambdas/core/run/keys.ts';
import { laterFiguresSchema } from '../../lambdas/core/serving/later-figures.ts';
import type { Clients } from '../clients.ts';
import type { StackOutputs } from '../deploy.ts';

const figures = z.record(
  z.string(),
  z.union([z.number(), z.null(), z.tuple([z.number().nullable(), z.number().nullable()])]),
);

const summarySchema = z.object({
  outcome: z.enum(['promoted', 'rejected', 'champion_changed', 'held', 'unchanged', 'failed']),
  reason: z.string().default(''),
  error: z.string().optional(),
  run_id: z.string().optional(),
  promoted_rev: z.number().nullish(),
});

const reportSchema = z.object({
  rows: z.number(),
  batches: z.number(),
  quarantined: z.record(z.string(), z.number()),
  eligible: z.number(),
  withdrawn: z.array(z.object({ batch_id: z.number(), rows: z.number(), reason: z.string() })).default([]),
  /** How each file was read; absent in reports of before. */
  files: z.array(z.object({ source: z.string(), read_as: z.string() })).default([]),
  splits: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  candidates: z.array(
    z.object({
      name: z.string(),
      algorithm: z.string(),
      chosen: z.boolean(),
      validation_log_loss: z.number(),
      test: figures,
    }),
  ),
  /** On later encounters; absent in reports of runs that did not come so far. */
  later: laterFiguresSchema.optional(),
  simpler_ways: z.array(simplerWaySchema).optional(),
  failed_candidates: z.array(z.object({ name: z.string(), error: z.string() })).default([]),
  /** Column, reason and message of the commonest of the rows that were set aside. */
  set_aside_example: z.string().nullable().optional(),
  refused_data: z.boolean().optional(),
  gate: z
    .object({
      reason: z.string(),
      kind: z.string().optional(),
      refused_data: z.boolean().optional(),
      checks: z.array(z.object({ name: z.string(), passed: z.boolean(), text: z.string() })),
    })
    .optional(),
});
export type RunReport = z.infer<typeof reportSchema>;

const stateSchema = z.object({ state: z.string(), ms: z.number(), peak_rss_mb: z.number() });
const headSchema = z.object({ version: z.number(), rev: z.number(), model_sha256: z.string(), reason: z.string() });

export interface Champion {
  readonly version: number;
  readonly rev: number;
  readonly model_sha256: string;
  readonly test: Readonly<Record<string, number | null | readonly [number | null, number | null]>>;
}

export interface RunFacts {
  readonly execution: string;
  readonly outcome: z.infer<typeof summarySchema>['outcome'];
  readonly reason: string;
  /** Literal name of the error of a failed execution. */
  readonly error: string | undefined;
  /** Ledger rev that a failed execution had written by then; null when it promoted nothing. */
  readonly promotedRev: number | null;
  /** Undefined when the execution ended before anything was cleaned. */
  readonly report: RunReport | undefined;
  /** Of the ledger's head after the execution; null while nothing is promoted. */
  readonly champion: Champion | null;
  readonly states: readonly z.infer<typeof stateSchema>[];
}

/** Facts of an execution that has ended; one that left no summary counts as failed for `fallback`. */
export async function readFacts(
  clients: Clients,
  outputs: StackOutputs,
  execution: string,
  fallback = 'the execution ended without a record',
): Promise<RunFacts> {
  const tracking = outputs.TrackingTableName;
  const item = await getItem(clients, tracking, `execution#${execution}`, 'summary');
  const summary = item ? summarySchema.parse(item) : { outcome: 'failed' as const, reason: fallback };
  const runId = 'run_id' in summary ? summary.run_id : undefined;
  const report = runId ? await getItem(clients, tracking, 'reports', `run#${runId}`) : undefined;
  const states = await queryItems(clients, tracking, `execution#${execution}`, 'state#');
  return {
    execution,
    outcome: summary.outcome,
    reason: summary.reason,
    error: 'error' in summary ? summary.error : undefined,
    promotedRev: ('promoted_rev' in summary ? summary.promoted_rev : null) ?? null,
    report: report ? reportSchema.parse(report) : undefined,
    champion: await readChampion(clients, outputs),
    states: z.array(stateSchema).parse(states),
  };
}

const LEDGER = 'ledger#diabetic_risk_model#Production';

/** The ledger's last entry; null while nothing is promoted. */
export async function readHead(clients: Clients, { RegistryTableName }: StackOutputs) {
  const [item] = await queryItems(clients, RegistryTableName, LEDGER, 'rev#', { last: true });
  return item === undefined ? null : headSchema.parse(item);
}

async function readChampion(clients: Clients, outputs: StackOutputs): Promise<Champion | null> {
  const head = await readHead(clients, outputs);
  if (head === null) return null;
  const { version, rev, model_sha256 } = head;
  return { version, rev, model_sha256, test: await testFigures(clients, outputs.DataBucketName, model_sha256) };
}

async function testFigures({ s3 }: Clients, bucket: string, sha256: string): Promise<Champion['test']> {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: keys.model(sha256, 'evaluation.json') }));
    const { metrics } = evaluationSchema.parse(JSON.parse((await object.Body?.transformToString()) ?? ''));
    return Object.fromEntries(
      Object.entries(metrics).flatMap(([name, { value, low, high }]): [string, Champion['test'][string]][] => [
        [name, value],
        [`${name}_interval`, [low, high]],
      ]),
    );
  } catch (error) {
    if (error instanceof NoSuchKey) return {};
    throw error;
  }
}

async function getItem({ dynamo }: Clients, TableName: string, pk: string, sk: string): Promise<unknown> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName, Key: marshall({ pk, sk }), ConsistentRead: true }),
  );
  return Item && unmarshall(Item);
}

async function queryItems(
  { dynamo }: Clients,
  TableName: string,
  pk: string,
  prefix: string,
  { last = false } = {},
): Promise<unknown[]> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': prefix }),
      ConsistentRead: true,
      ...(last ? { ScanIndexForward: false, Limit: 1 } : {}),
    }),
  );
  return Items.map((found) => unmarshall(found));
}
