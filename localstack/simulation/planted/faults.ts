// Faults that readmit once had, or that one lost word would bring back. Each is put into a universe by itself, and the
// simulation has to find it: that shows what its invariants are worth.
import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
import type { Invariant } from '../invariants/violation.ts';
import type { ObjectRights } from '../services/objects.ts';

export interface PlantedFault {
  readonly name: string;
  /** Which promises it may break: one of these has to be reported. */
  readonly breaks: readonly Invariant[];
  /** Seed of a history that found it: the search for one that still does begins here. */
  readonly found: number;
  /** Text of a source file that is replaced as it is loaded; it must stand there exactly once. */
  readonly sources?: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** What becomes of a command before it is sent. */
  readonly alter?: (command: unknown) => unknown;
  /** What becomes of the functions' rights. */
  readonly rights?: (rights: Readonly<Record<string, ObjectRights>>) => Record<string, ObjectRights>;
}

export const PLANTED: readonly PlantedFault[] = [
  {
    name: 'the ledger is appended to without a condition',
    breaks: ['ledger'],
    found: 5,
    alter: (command) => {
      if (!(command instanceof TransactWriteItemsCommand)) return command;
      const items = command.input.TransactItems ?? [];
      if (!items.some(({ Put }) => Put?.Item?.pk?.S?.startsWith('ledger#'))) return command;
      const free = items.map(({ Put }) => ({ Put: { TableName: Put?.TableName, Item: Put?.Item } }));
      return new TransactWriteItemsCommand({ TransactItems: free });
    },
  },
  {
    name: 'a batch is claimed without a condition',
    breaks: ['rows', 'progress'],
    found: 36,
    alter: (command) => {
      if (!(command instanceof PutItemCommand) || command.input.Item?.pk?.S !== 'claims') return command;
      return new PutItemCommand({ TableName: command.input.TableName, Item: command.input.Item });
    },
  },
  {
    name: 'a delivery is counted without the note that it was',
    breaks: ['counters'],
    found: 1,
    alter: (command) => {
      if (!(command instanceof TransactWriteItemsCommand)) return command;
      const items = command.input.TransactItems ?? [];
      const counts = items.some(({ Update }) => Update?.Key?.pk?.S?.startsWith('counters#'));
      const kept = counts ? items.filter(({ Put }) => Put === undefined) : items;
      return new TransactWriteItemsCommand({ TransactItems: kept });
    },
  },
  {
    name: 'an upload goes over a file that lies there',
    breaks: ['immutable'],
    found: 5,
    alter: (command) => {
      if (!(command instanceof CompleteMultipartUploadCommand)) return command;
      const { IfNoneMatch: _, ...input } = command.input;
      return new CompleteMultipartUploadCommand(input);
    },
  },
  {
    name: 'a row that was set aside keeps its claim',
    breaks: ['rows'],
    found: 2,
    sources: [
      {
        file: 'lambdas/steps/ingest/held-ids.ts',
        from: 'const kept = without(contested, refused);',
        to: 'const kept = refused.length < 0 ? without(contested, refused) : contested;',
      },
    ],
  },
  {
    name: 'a batch counts before what it holds is stored',
    breaks: ['rows', 'progress'],
    found: 1,
    sources: [
      { file: 'lambdas/steps/ingest/claim.ts', from: '  await Promise.all([', to: '  void Promise.allSettled([' },
    ],
  },
  {
    name: 'a missing object looks forbidden to Ingest',
    breaks: ['progress'],
    found: 1,
    rights: (rights) => ({
      ...rights,
      Ingest: { read: rights.Ingest?.read ?? [], write: rights.Ingest?.write ?? [], list: false },
    }),
  },
  {
    name: 'the time to live of the pointer is a minute',
    breaks: ['serving'],
    found: 5,
    sources: [
      {
        file: 'lambdas/api/predict/champion.ts',
        from: 'if (age < timeToLiveMs) {',
        to: 'if (age < timeToLiveMs * 4) {',
      },
    ],
  },
];
