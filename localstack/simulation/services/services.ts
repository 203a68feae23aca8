// Which in-memory service answers which command of the SDK, with what right.
import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { NotSimulatedError } from './errors.ts';
import type { Executions } from './executions.ts';
import type { Multipart } from './multipart.ts';
import type { ObjectRights, Objects } from './objects.ts';
import type { Tables } from './tables.ts';

export interface Services {
  readonly tables: Tables;
  readonly objects: Objects;
  readonly multipart: Multipart;
  readonly executions: Executions;
}

/** What happens beside a request: a read lags behind, another writer is at the same item. */
export interface Circumstances {
  readonly stale: boolean;
  readonly conflict: boolean;
}

/** Commands that change nothing: the rest are effects. */
const READS = [
  ...[GetItemCommand, QueryCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command],
  ...[DescribeExecutionCommand, GetExecutionHistoryCommand, ListExecutionsCommand],
];

export const isRead = (command: unknown) => READS.some((type) => command instanceof type);

/** Does what a command asks, at once, and answers as the SDK would. @throws errors of the SDK */
export function answer(
  services: Services,
  command: unknown,
  rights: ObjectRights,
  { stale, conflict }: Circumstances,
): unknown {
  const { tables, objects, multipart, executions } = services;
  if (command instanceof GetItemCommand) return tables.getItem(command.input, stale);
  if (command instanceof QueryCommand) return tables.query(command.input, stale);
  if (command instanceof PutItemCommand) return tables.putItem(command.input);
  if (command instanceof UpdateItemCommand) return tables.updateItem(command.input);
  if (command instanceof TransactWriteItemsCommand) return tables.transactWriteItems(command.input, conflict);
  if (command instanceof GetObjectCommand) return objects.getObject(command.input, rights);
  if (command instanceof HeadObjectCommand) return objects.headObject(command.input, rights);
  if (command instanceof PutObjectCommand) return objects.putObject(command.input, rights, conflict);
  if (command instanceof ListObjectsV2Command) return objects.listObjectsV2(command.input, rights);
  if (command instanceof CreateMultipartUploadCommand) return multipart.createMultipartUpload(command.input, rights);
  if (command instanceof UploadPartCommand) return multipart.uploadPart(command.input, rights);
  if (command instanceof CompleteMultipartUploadCommand)
    return multipart.completeMultipartUpload(command.input, rights);
  if (command instanceof AbortMultipartUploadCommand) return multipart.abortMultipartUpload(command.input);
  if (command instanceof StartExecutionCommand) return executions.startExecution(command.input);
  if (command instanceof DescribeExecutionCommand) return executions.describeExecution(command.input);
  if (command instanceof ListExecutionsCommand) return executions.listExecutions(command.input);
  if (command instanceof GetExecutionHistoryCommand) return executions.getExecutionHistory(command.input);
  if (command instanceof StopExecutionCommand) return executions.stopExecution(command.input);
  throw new NotSimulatedError(`the command ${Object(command).constructor?.name}`);
}
