import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateTableCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clients, clientsFor } from '../clients.ts';
import { type Engine, startEngine } from './engine.ts';
import { freePort } from './ports.ts';
import { signalProcess } from './processes.ts';

const venv = join(import.meta.dirname, '..', '..', '.readmit', 'engine');
let home = '';
let running: Engine | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'readmit-durable-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(home, { recursive: true, force: true });
});

async function start(): Promise<Clients> {
  running = await startEngine({
    venv,
    home,
    port: await freePort(),
    log: join(tmpdir(), 'readmit-durable.log'),
    nice: 0,
  });
  return clientsFor(running.endpoint, running.credentials);
}

/** Ends every process of the engine at once, as a power cut of the session does. */
async function kill(): Promise<void> {
  if (running === undefined) return;
  signalProcess(-running.pid, 'SIGKILL');
  await running.ended;
  running = undefined;
}

async function restart(): Promise<Clients> {
  await kill();
  const clients = await start();
  expect(running?.recovered).toBe(true);
  return clients;
}

const key = (name: string) => ({ pk: { S: name }, sk: { S: 'x' } });
const put = (name: string, value: string) => ({ TableName: 'items', Item: { ...key(name), value: { S: value } } });

const createTable = ({ dynamo }: Clients) =>
  dynamo.send(
    new CreateTableCommand({
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );

async function storedValue({ dynamo }: Clients, name: string): Promise<string | undefined> {
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: 'items', Key: key(name), ConsistentRead: true }));
  return Item?.value?.S;
}

async function objectOf({ s3 }: Clients, Key: string, VersionId?: string) {
  const found = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key, ...(VersionId ? { VersionId } : {}) }));
  return { ...found, bytes: Buffer.from((await found.Body?.transformToByteArray()) ?? []) };
}

// A start takes a second on a quiet machine, and gives way to all others on a busy one.
const patient = { timeout: 240_000 };

describe.skipIf(!existsSync(venv))('after all processes were killed', patient, () => {
  it('every item that was written, changed or deleted is as it was answered', async () => {
    const before = await start();
    await createTable(before);
    await before.dynamo.send(new PutItemCommand(put('a', 'first')));
    await before.dynamo.send(new PutItemCommand(put('a', 'second')));
    await before.dynamo.send(new PutItemCommand(put('gone', 'x')));
    await before.dynamo.send(new DeleteItemCommand({ TableName: 'items', Key: key('gone') }));
    await before.dynamo.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: put('b', 'both') }, { Put: put('c', 'both') }] }),
    );
    let after = await restart();
    expect(await storedValue(after, 'a')).toBe('second');
    expect(await storedValue(after, 'gone')).toBeUndefined();
    expect([await storedValue(after, 'b'), await storedValue(after, 'c')]).toEqual(['both', 'both']);
    await after.dynamo.send(new PutItemCommand(put('d', 'after the first kill')));
    after = await restart();
    expect([await storedValue(after, 'a'), await storedValue(after, 'd')]).toEqual(['second', 'after the first kill']);
  });

  it('every object has its bytes, description, ETag and versions; a deleted one stays deleted', async () => {
    const { s3 } = await start();
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'bucket', VersioningConfiguration: { Status: 'Enabled' } }));
    const [one, two] = [Buffer.alloc(3_000_000, 1), Buffer.alloc(2_000_000, 2)];
    const first = await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'x/y.bin', Body: one }));
    const Metadata = { sha256: createHash('sha256').update(two).digest('hex') };
    const second = await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'x/y.bin', Body: two, Metadata }));
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'gone', Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket: 'bucket', Key: 'gone' }));
    const after = await restart();
    const current = await objectOf(after, 'x/y.bin');
    expect(current).toMatchObject({ ETag: second.ETag, VersionId: second.VersionId, Metadata });
    expect(current.bytes.equals(two)).toBe(true);
    expect((await objectOf(after, 'x/y.bin', first.VersionId)).bytes.equals(one)).toBe(true);
    await expect(objectOf(after, 'gone')).rejects.toThrow();
  });

  it('an execution that ran has failed and says why; its name is taken, so that it is not run twice', async () => {
    const { sfn } = await start();
    const wait = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 600, End: true } } };
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({
        name: 'm',
        definition: JSON.stringify(wait),
        roleArn: 'arn:aws:iam::000000000000:role/r',
      }),
    );
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'run-1' }));
    const after = await restart();
    const found = await after.sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(found).toMatchObject({ status: 'FAILED', error: 'CutOff' });
    expect(found.cause).toContain('run the same file again');
    await expect(after.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'run-1' }))).rejects.toThrow(
      /already exists/i,
    );
  });

  it('a deployment that was under way does not seem to go on, and the next one can begin', async () => {
    const { cloudFormation } = await start();
    const Resources = {
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      Wait: { Type: 'AWS::CloudFormation::WaitCondition', Properties: { Handle: { Ref: 'Handle' }, Timeout: '600' } },
    };
    await cloudFormation.send(new CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify({ Resources }) }));
    await running?.save();
    const after = await restart();
    const { Stacks } = await after.cloudFormation.send(new DescribeStacksCommand({ StackName: 's' }));
    expect(Stacks?.[0]).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(Stacks?.[0]?.StackStatusReason).toContain('deploy again');
  });

  it('a record that was cut off is left out, and what was being written beside does not count', async () => {
    const before = await start();
    await createTable(before);
    await before.dynamo.send(new PutItemCommand(put('a', 'kept')));
    await before.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await before.dynamo.send(new PutItemCommand(put('b', 'kept')));
    await before.dynamo.send(new PutItemCommand(put('c', 'cut off')));
    await kill();
    const [journal] = readdirSync(join(home, 'journal')).map((name) => join(home, 'journal', name));
    truncateSync(journal ?? '', readFileSync(journal ?? '').length - 7);
    writeFileSync(join(home, 's3', '000000000000', 'bucket', 'half.bin.1.tmp'), 'half an obj');
    writeFileSync(join(home, 'engine.json'), '{"pid":');
    const after = await start();
    expect([await storedValue(after, 'a'), await storedValue(after, 'b')]).toEqual(['kept', 'kept']);
    expect(await storedValue(after, 'c')).toBeUndefined();
    await expect(objectOf(after, 'half.bin.1.tmp')).rejects.toThrow();
  });
});

describe.skipIf(!existsSync(venv))('state that cannot be trusted', patient, () => {
  let sound = '';
  const set = () => join(home, 'state', readdirSync(join(home, 'state')).at(-1) ?? '');
  const object = () => join(home, 's3', '000000000000', 'bucket', 'x.bin');
  const journal = () => join(home, 'journal', readdirSync(join(home, 'journal')).at(-1) ?? '');

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'readmit-durable-'));
    const before = await start();
    await before.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await before.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'x.bin', Body: 'bytes' }));
    await createTable(before);
    await before.dynamo.send(new PutItemCommand(put('a', 'kept')));
    await before.dynamo.send(new PutItemCommand(put('b', 'kept')));
    await kill();
    sound = home;
  }, patient.timeout);
  afterAll(() => rmSync(sound, { recursive: true, force: true }));

  it.each([
    ['a cut-off file', () => truncateSync(join(set(), 'dynamodb.json'), 40), /dynamodb\.json does not hold/],
    ['a missing file', () => unlinkSync(join(set(), 'dynamodb.json')), /dynamodb\.json is missing/],
    ['an empty manifest', () => truncateSync(join(set(), 'manifest.json'), 0), /manifest\.json cannot be read/],
    ['no state at all', () => rmSync(join(home, 'state'), { recursive: true }), /state is missing/],
    ["no folder of a bucket's files", () => rmSync(join(home, 's3'), { recursive: true }), /files are incomplete/],
    ['an emptied object', () => truncateSync(object(), 0), /x\.bin does not fit its \.meta\.json/],
    ["an object's cut-off description", () => truncateSync(`${object()}.meta.json`, 9), /x\.bin does not fit/],
    ['a flipped byte in the journal', () => flip(journal(), 12), /journal is damaged/],
  ])('%s is named with the remedy, and nothing is deployed over it', async (_, damage, problem) => {
    cpSync(sound, home, { recursive: true });
    damage();
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'LocalFailure', message: expect.stringMatching(problem) });
    expect(failure).toMatchObject({ message: expect.stringContaining('npm start -- --fresh') });
  });
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
