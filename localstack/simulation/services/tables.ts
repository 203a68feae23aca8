// DynamoDB in memory: tables keyed by pk and sk, conditions, transactions with reasons, reads of how things were.
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type GetItemCommandInput,
  type GetItemCommandOutput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactionCanceledException,
  type TransactWriteItem,
  type TransactWriteItemsCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { dynamoError, NotSimulatedError } from './errors.ts';
import { type Expression, fulfils, type StoredItem } from './expression.ts';
import { updated } from './update.ts';

/** A change that took effect: what an invariant looks at. */
export interface Written {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

interface Version {
  readonly at: number;
  readonly item: StoredItem | undefined;
}

const META = { $metadata: {} } as const;
/** Longer than a secondary replica lags behind on AWS as a rule. */
const LAG_MS = 1000;

interface Change extends Expression {
  readonly TableName: string;
  readonly Key: StoredItem;
  readonly condition?: string | undefined;
  readonly to: (before: StoredItem | undefined) => StoredItem | undefined;
}

export class Tables {
  readonly #tables = new Map<string, Map<string, Map<string, Version[]>>>();
  readonly #now: () => number;
  readonly #onWrite: (written: Written) => void;

  constructor(tables: readonly string[], now: () => number, onWrite: (written: Written) => void = () => {}) {
    for (const name of tables) this.#tables.set(name, new Map());
    this.#now = now;
    this.#onWrite = onWrite;
  }

  getItem({ TableName, Key, ConsistentRead }: GetItemCommandInput, stale = false): GetItemCommandOutput {
    const { pk, sk } = keyOf(Key);
    const item = this.#read(this.#partition(TableName, pk).get(sk), stale && ConsistentRead !== true);
    return item === undefined ? { ...META } : { Item: { ...item }, ...META };
  }

  putItem(input: PutItemCommandInput): typeof META {
    this.#applyAlone(putOf(input));
    return META;
  }

  updateItem(input: UpdateItemCommandInput): typeof META {
    this.#applyAlone(updateOf(input));
    return META;
  }

  query(input: QueryCommandInput, stale = false): QueryCommandOutput {
    const { KeyConditionExpression = '', ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    const pk = /^\s*(\S+)\s*=\s*(:\w+)/.exec(KeyConditionExpression)?.[2];
    if (pk === undefined) throw new NotSimulatedError(`the key condition ${KeyConditionExpression}`);
    const lags = stale && input.ConsistentRead !== true;
    const found: { readonly sk: string; readonly item: StoredItem }[] = [];
    for (const [sk, versions] of this.#partition(input.TableName, values?.[pk]?.S ?? '')) {
      const item = this.#read(versions, lags);
      if (item !== undefined && fulfils(KeyConditionExpression, item, { names, values })) found.push({ sk, item });
    }
    const direction = input.ScanIndexForward === false ? -1 : 1;
    found.sort((a, b) => (a.sk < b.sk ? -direction : direction));
    const start = input.ExclusiveStartKey?.sk?.S;
    const rest =
      start === undefined ? found : found.filter(({ sk }) => (sk < start ? -1 : sk > start ? 1 : 0) === direction);
    const page = rest.slice(0, input.Limit ?? 50);
    const last = page.length < rest.length ? page.at(-1)?.item : undefined;
    return {
      Items: page.map(({ item }) => ({ ...item })),
      Count: page.length,
      ...(last?.pk && last.sk ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {}),
      ...META,
    };
  }

  /** @param conflict another transaction is at work on one of the items */
  transactWriteItems({ TransactItems = [] }: TransactWriteItemsCommandInput, conflict = false): typeof META {
    const changes = TransactItems.map(changeOf);
    const named = changes.map(({ TableName, Key }) => `${TableName}/${Key.pk?.S}/${Key.sk?.S}`);
    if (new Set(named).size < named.length) {
      throw dynamoError(
        'ValidationException',
        400,
        'Transaction request cannot include multiple operations on one item',
      );
    }
    const reasons = changes.map((change, i) => {
      if (conflict && i === changes.length - 1) return { Code: 'TransactionConflict' };
      return this.#allows(change) ? { Code: 'None' } : { Code: 'ConditionalCheckFailed' };
    });
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw new TransactionCanceledException({
        message: `Transaction cancelled, please refer cancellation reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
        CancellationReasons: reasons,
        $metadata: { httpStatusCode: 400 },
      });
    }
    for (const change of changes) this.#write(change);
    return META;
  }

  /** All items of a partition as they are, in the order of their sort keys: for those who watch, not for those who run. */
  items(table: string, pk: string): StoredItem[] {
    return [...this.#partition(table, pk)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, versions]) => versions.at(-1)?.item)
      .filter((item) => item !== undefined);
  }

  #applyAlone(change: Change): void {
    if (!this.#allows(change)) {
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata: { httpStatusCode: 400 },
      });
    }
    this.#write(change);
  }

  #allows({ TableName, Key, condition, names, values }: Change): boolean {
    const { pk, sk } = keyOf(Key);
    return fulfils(condition, this.#partition(TableName, pk).get(sk)?.at(-1)?.item, { names, values });
  }

  #write({ TableName, Key, to }: Change): void {
    const { pk, sk } = keyOf(Key);
    const partition = this.#partition(TableName, pk);
    const versions = partition.get(sk) ?? [];
    const before = versions.at(-1)?.item;
    const after = to(before);
    partition.set(sk, [...versions.slice(-3), { at: this.#now(), item: after }]);
    this.#onWrite({ table: TableName, pk, sk, before, after });
  }

  #read(versions: readonly Version[] | undefined, lags: boolean): StoredItem | undefined {
    if (versions === undefined || versions.length === 0) return undefined;
    if (!lags) return versions.at(-1)?.item;
    const seen = versions.findLast(({ at }) => at <= this.#now() - LAG_MS);
    return seen === undefined && versions.length > 3 ? versions[0]?.item : seen?.item;
  }

  #partition(table: string | undefined, pk: string): Map<string, Version[]> {
    const partitions = this.#tables.get(table ?? '');
    if (partitions === undefined) throw dynamoError('ResourceNotFoundException', 400, `there is no table ${table}`);
    const found = partitions.get(pk);
    if (found !== undefined) return found;
    const made = new Map<string, Version[]>();
    partitions.set(pk, made);
    return made;
  }
}

function keyOf(key: Readonly<Record<string, AttributeValue>> | undefined): { pk: string; sk: string } {
  const [pk, sk] = [key?.pk?.S, key?.sk?.S];
  if (pk === undefined || sk === undefined) throw dynamoError('ValidationException', 400, 'the key has no pk and sk');
  return { pk, sk };
}

type PutParts = Pick<
  PutItemCommandInput,
  'TableName' | 'Item' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

function putOf({ TableName = '', Item = {}, ConditionExpression, ...rest }: PutParts): Change {
  return {
    ...{ TableName, Key: Item, condition: ConditionExpression, to: () => Item },
    ...{ names: rest.ExpressionAttributeNames, values: rest.ExpressionAttributeValues },
  };
}

type UpdateParts = Pick<
  UpdateItemCommandInput,
  | 'TableName'
  | 'Key'
  | 'UpdateExpression'
  | 'ConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
>;

function updateOf({
  TableName = '',
  Key = {},
  UpdateExpression = '',
  ConditionExpression,
  ...rest
}: UpdateParts): Change {
  const expression = { names: rest.ExpressionAttributeNames, values: rest.ExpressionAttributeValues };
  const to = (before: StoredItem | undefined) => updated(UpdateExpression, before ?? Key, expression);
  return { TableName, Key, condition: ConditionExpression, to, ...expression };
}

function changeOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): Change {
  if (Put) return putOf(Put);
  if (Update) return updateOf(Update);
  const check = ConditionCheck ?? Delete;
  if (check === undefined) throw new NotSimulatedError('an empty part of a transaction');
  return {
    ...{ TableName: check.TableName ?? '', Key: check.Key ?? {}, condition: check.ConditionExpression },
    ...{ names: check.ExpressionAttributeNames, values: check.ExpressionAttributeValues },
    to: (before) => (Delete ? undefined : before),
  };
}
