// Sharded counters of the Metrics table: many writers add to different partitions, a reader sums them.
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Addition } from '../core/exposition/stored.ts';
import { dynamo } from './clients.ts';
import { settings } from './settings.ts';
import { type Item, queryItems } from './tables.ts';

/** One partition takes 1,000 writes a second; a reader asks each once. Shards may be added, never taken away. */
export const SHARDS = 8;

const shardKey = (shard: number) => `counters#${String(shard).padStart(2, '0')}`;

export interface Delivery {
  /** The same for the same log lines, however often they are delivered: hex digits of a sha256. */
  readonly id: string;
  readonly additions: readonly Addition[];
  /** What is kept of its predictions. Written with the counts: the first item, or a note without one, tells that it was counted. */
  readonly kept: readonly Item[];
  /** Seconds since 1970 after which a repetition need no longer be recognized. */
  readonly expiresAt: number;
}

/**
 * Adds a delivery to the counters, all of it or nothing, once: the note that it was counted is part of the transaction.
 * @param attempt 0 for the first; another attempt goes to another shard
 * @returns counted; known, when it was counted before; or busy, when another writer was at the same items
 */
export async function addOnce(delivery: Delivery, attempt = 0): Promise<'counted' | 'known' | 'busy'> {
  const shard = (Number.parseInt(delivery.id.slice(0, 8), 16) + attempt) % SHARDS;
  const TableName = settings().metricsTable;
  const note = { pk: `delivery#${delivery.id}`, sk: 'counted', expires_at: delivery.expiresAt };
  const puts = (delivery.kept.length > 0 ? delivery.kept : [note]).map((item) => ({
    Put: { TableName, Item: marshall(item), ConditionExpression: 'attribute_not_exists(pk)' },
  }));
  const updates = delivery.additions.map((addition) => ({
    Update: { TableName, Key: marshall({ pk: shardKey(shard), sk: addition.sk }), ...addExpression(addition) },
  }));
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems: [...puts, ...updates] }));
    return 'counted';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    if (codes[0] === 'ConditionalCheckFailed') return 'known';
    if (codes.includes('TransactionConflict')) return 'busy';
    throw error;
  }
}

/** All items of all shards whose sort key begins so, read consistently. */
export async function readCounters(prefix: string): Promise<unknown[]> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shardKey(shard));
  const found = await Promise.all(shards.map((pk) => queryItems(settings().metricsTable, pk, prefix, z.unknown())));
  return found.flat();
}

function addExpression({ add, newestEvent, expiresAt }: Addition) {
  const names = Object.keys(add);
  return {
    // The newest event of the last writer: within the seconds that deliveries overlap, close enough to the newest of all.
    UpdateExpression: `SET newest_event = :newest${expiresAt === undefined ? '' : ', expires_at = :expires'} ADD ${names.map((_, i) => `#a${i} :a${i}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#a${i}`, name])),
    ExpressionAttributeValues: marshall({
      ':newest': newestEvent,
      ...(expiresAt === undefined ? {} : { ':expires': expiresAt }),
      ...Object.fromEntries(names.map((name, i) => [`:a${i}`, add[name]])),
    }),
  };
}
