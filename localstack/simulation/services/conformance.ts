// What the in-memory services and the local cloud both have to answer: the behaviour that readmit builds on.
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { z } from 'zod';

export interface Service {
  /** Sends a command of the SDK; rejects with the SDK's errors. */
  readonly send: (command: unknown) => Promise<unknown>;
  readonly table: string;
  readonly bucket: string;
  /** Unlike any other: keys of one run do not meet those of another. */
  readonly mark: string;
}

const itemSchema = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null);

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const failed = async (work: Promise<unknown>) =>
  z
    .looseObject({ name: z.string(), $metadata: z.looseObject({ httpStatusCode: z.number() }) })
    .parse(await failure(work));

/** Tests of one service; `open` is called within them. */
export function conforms(open: () => Service): void {
  const pk = () => `conformance#${open().mark}`;
  const put = (sk: string, attributes: Record<string, unknown>, condition?: string) => {
    const Item = marshall({ pk: pk(), sk, ...attributes });
    return open().send(
      new PutItemCommand({ TableName: open().table, Item, ...(condition ? { ConditionExpression: condition } : {}) }),
    );
  };
  const get = async (sk: string) => {
    const command = new GetItemCommand({
      TableName: open().table,
      Key: marshall({ pk: pk(), sk }),
      ConsistentRead: true,
    });
    const { Item } = z.looseObject({ Item: itemSchema.optional() }).parse(await open().send(command));
    return Item === undefined ? null : unmarshall(Item);
  };

  it('puts an item under a condition once', async () => {
    await put('once', { n: 1 }, 'attribute_not_exists(pk)');
    expect(await failure(put('once', { n: 2 }, 'attribute_not_exists(pk)'))).toBeInstanceOf(
      ConditionalCheckFailedException,
    );
    expect(await get('once')).toMatchObject({ n: 1 });
  });

  it('queries a partition by prefix in the order of its sort keys, forwards and backwards, in pages', async () => {
    for (const n of [2, 1, 3]) await put(`list#${n}`, { n });
    const query = (more: object) =>
      open().send(
        new QueryCommand({
          TableName: open().table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: marshall({ ':pk': pk(), ':sk': 'list#' }),
          ConsistentRead: true,
          ...more,
        }),
      );
    const page = z.looseObject({ Items: z.array(itemSchema), LastEvaluatedKey: itemSchema.optional() });
    const numbers = (answer: z.infer<typeof page>) => answer.Items.map((item) => unmarshall(item).n);
    expect(numbers(page.parse(await query({})))).toEqual([1, 2, 3]);
    const first = page.parse(await query({ ScanIndexForward: false, Limit: 2 }));
    expect(numbers(first)).toEqual([3, 2]);
    const rest = { ScanIndexForward: false, Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey };
    expect(numbers(page.parse(await query(rest)))).toEqual([1]);
  });

  it('writes a transaction whole or not at all, and says which part was in the way', async () => {
    await put('taken', { n: 1 });
    const part = (sk: string) => ({
      Put: {
        TableName: open().table,
        Item: marshall({ pk: pk(), sk, n: 2 }),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    });
    const error = await failure(
      open().send(new TransactWriteItemsCommand({ TransactItems: [part('free'), part('taken')] })),
    );
    expect(error).toBeInstanceOf(TransactionCanceledException);
    if (!(error instanceof TransactionCanceledException)) return;
    expect(error.CancellationReasons?.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed']);
    expect([await get('free'), (await get('taken'))?.n]).toEqual([null, 1]);
  });

  it('moves an item in a transaction only from the state that is expected, and adds to counters', async () => {
    const TableName = open().table;
    await put('head', { rev: 1, hash: 'a' });
    const move = (rev: number, hash: string, to: number) =>
      open().send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              Put: {
                TableName,
                Item: marshall({ pk: pk(), sk: 'head', rev: to, hash: 'b' }),
                ConditionExpression: 'attribute_not_exists(pk) OR (#rev = :rev AND #hash = :hash)',
                ExpressionAttributeNames: { '#rev': 'rev', '#hash': 'hash' },
                ExpressionAttributeValues: marshall({ ':rev': rev, ':hash': hash }),
              },
            },
            {
              Update: {
                TableName,
                Key: marshall({ pk: pk(), sk: 'count' }),
                UpdateExpression: 'SET newest_event = :newest ADD #a0 :a0, #a1 :a1',
                ExpressionAttributeNames: { '#a0': 'le#1', '#a1': 'requests' },
                ExpressionAttributeValues: marshall({ ':newest': to, ':a0': 2, ':a1': 3 }),
              },
            },
          ],
        }),
      );
    await move(1, 'a', 2);
    expect(await failure(move(1, 'a', 3))).toBeInstanceOf(TransactionCanceledException);
    await move(2, 'b', 3);
    expect(await get('head')).toMatchObject({ rev: 3 });
    expect(await get('count')).toMatchObject({ newest_event: 3, 'le#1': 4, requests: 6 });
  });

  const Key = (name: string) => `conformance/${open().mark}/${name}`;
  const object = (name: string) => ({ Bucket: open().bucket, Key: Key(name) });

  it('keeps the first object under a condition, and reads only the one that is meant', async () => {
    const { send } = open();
    const first = z
      .looseObject({ ETag: z.string() })
      .parse(await send(new PutObjectCommand({ ...object('first'), Body: 'first', IfNoneMatch: '*' })));
    const second = new PutObjectCommand({ ...object('first'), Body: 'second', IfNoneMatch: '*' });
    expect(await failed(send(second))).toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    await send(new GetObjectCommand({ ...object('first'), IfMatch: first.ETag }));
    await send(new PutObjectCommand({ ...object('first'), Body: 'third' }));
    const read = new GetObjectCommand({ ...object('first'), IfMatch: first.ETag });
    expect(await failed(send(read))).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  });

  it('reads a range, and refuses one that begins at the end', async () => {
    const { send } = open();
    await send(new PutObjectCommand({ ...object('ten'), Body: '0123456789' }));
    const answer = await send(new GetObjectCommand({ ...object('ten'), Range: 'bytes=7-' }));
    const { Body } = z
      .looseObject({ Body: z.looseObject({ transformToString: z.custom<() => Promise<string>>() }) })
      .parse(answer);
    expect(await Body.transformToString()).toBe('789');
    const behind = send(new GetObjectCommand({ ...object('ten'), Range: 'bytes=10-' }));
    expect(await failed(behind)).toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
  });

  it('names a missing object to who may list, and lists by prefix', async () => {
    const { send, bucket } = open();
    expect(await failed(send(new GetObjectCommand(object('none'))))).toMatchObject({ name: 'NoSuchKey' });
    expect(await failed(send(new HeadObjectCommand(object('none'))))).toMatchObject({ name: 'NotFound' });
    await send(new PutObjectCommand({ ...object('listed/a'), Body: 'a' }));
    const listed = await send(new ListObjectsV2Command({ Bucket: bucket, Prefix: Key('listed/'), MaxKeys: 1 }));
    expect(listed).toMatchObject({ Contents: [{ Key: Key('listed/a'), Size: 1 }], KeyCount: 1 });
  });

  it('makes one object of parts, not over another, and names a wrong part or upload', async () => {
    const { send } = open();
    const begun = await send(new CreateMultipartUploadCommand(object('parts')));
    const { UploadId } = z.looseObject({ UploadId: z.string() }).parse(begun);
    const part = { ...object('parts'), UploadId };
    const stored = await send(new UploadPartCommand({ ...part, PartNumber: 1, Body: 'part' }));
    const { ETag } = z.looseObject({ ETag: z.string() }).parse(stored);
    const end = (etag: string) =>
      send(
        new CompleteMultipartUploadCommand({
          ...part,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag: etag }] },
          IfNoneMatch: '*',
        }),
      );
    expect(await failed(end('"0123456789abcdef0123456789abcdef"'))).toMatchObject({ name: 'InvalidPart' });
    await send(new PutObjectCommand({ ...object('parts'), Body: 'in the way' }));
    expect(await failed(end(ETag))).toMatchObject({ $metadata: { httpStatusCode: 412 } });
    const unknown = send(new UploadPartCommand({ ...part, UploadId: 'unknown', PartNumber: 1, Body: 'part' }));
    expect(await failed(unknown)).toMatchObject({ name: 'NoSuchUpload' });
  });
}
