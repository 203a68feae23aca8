// DynamoDB items keyed by pk and sk, parsed by the caller's schema where they enter.
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { z } from 'zod';
import { dynamo } from './clients.ts';

export interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly [attribute: string]: unknown;
}

/** Strongly consistent read of one item, or null. */
export async function getItem<T>(table: string, pk: string, sk: string, schema: z.ZodType<T>): Promise<T | null> {
  const { Item: item } = await dynamo().send(
    new GetItemCommand({ TableName: table, Key: marshall({ pk, sk }), ConsistentRead: true }),
  );
  return item === undefined ? null : schema.parse(unmarshall(item));
}

export interface QueryOptions {
  readonly descending?: boolean;
  readonly limit?: number;
}

/** Strongly consistent query of a partition by sort-key prefix, in sort-key order, all pages unless limited. */
export async function queryItems<T>(
  table: string,
  pk: string,
  skPrefix: string,
  schema: z.ZodType<T>,
  { descending = false, limit }: QueryOptions = {},
): Promise<T[]> {
  const found: T[] = [];
  let start: Record<string, AttributeValue> | undefined;
  const page = () =>
    dynamo().send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': skPrefix }),
        ConsistentRead: true,
        ScanIndexForward: !descending,
        ...(limit === undefined ? {} : { Limit: limit - found.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
  do {
    const answer = await page();
    for (const item of answer.Items ?? []) found.push(schema.parse(unmarshall(item)));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined && (limit === undefined || found.length < limit));
  return found;
}

/** Writes an item, replacing one with the same key. */
export async function putItem(table: string, item: Item): Promise<void> {
  await dynamo().send(new PutItemCommand({ TableName: table, Item: toAttributes(item) }));
}

/** Writes an item unless its key is taken; false means that it was, and that nothing was written. */
export async function putItemIfAbsent(table: string, item: Item): Promise<boolean> {
  try {
    await dynamo().send(new PutItemCommand(ifAbsent(table, item)));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Writes all items or none: false if any key is taken or another transaction was at work on it. */
export function putAllIfAbsent(table: string, items: readonly Item[]): Promise<boolean> {
  return transact(items.map((item) => ({ Put: ifAbsent(table, item) })));
}

/**
 * Writes an item that must be new, and with it replaces one that must be as `before` says or absent; both or neither.
 * False as for putAllIfAbsent.
 */
export function putAndMove(
  table: string,
  item: Item,
  moved: Item,
  before: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const names = Object.keys(before);
  const unchanged = names.map((name) => `#${name} = :${name}`).join(' AND ');
  const move: TransactWriteItem = {
    Put: {
      TableName: table,
      Item: toAttributes(moved),
      ConditionExpression: `attribute_not_exists(pk) OR (${unchanged})`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: marshall(Object.fromEntries(names.map((name) => [`:${name}`, before[name]]))),
    },
  };
  return transact([{ Put: ifAbsent(table, item) }, move]);
}

function ifAbsent(table: string, item: Item) {
  return { TableName: table, Item: toAttributes(item), ConditionExpression: 'attribute_not_exists(pk)' };
}

async function transact(writes: TransactWriteItem[]): Promise<boolean> {
  try {
    await dynamo().send(new TransactWriteItemsCommand({ TransactItems: writes }));
    return true;
  } catch (error) {
    if (error instanceof TransactionCanceledException && isContention(error)) return false;
    throw error;
  }
}

/** A sort key whose text order is the number's order, e.g. `batch#0000000007`. */
export function numberedKey(prefix: string, n: number): string {
  return `${prefix}#${String(n).padStart(10, '0')}`;
}

function isContention(error: TransactionCanceledException): boolean {
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  return codes.every((code) => ['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(code));
}

function toAttributes(item: Item) {
  return marshall(item, { removeUndefinedValues: true });
}
