// One client a service and process, made at first use so that a function opens only the connections it needs.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { settings } from './settings.ts';

let s3Client: S3Client | undefined;
let dynamoClient: DynamoDBClient | undefined;
let sfnClient: SFNClient | undefined;

export function s3(): S3Client {
  s3Client ??= new S3Client({ forcePathStyle: settings().endpoint !== undefined, maxAttempts: 4 });
  return s3Client;
}

export function dynamo(): DynamoDBClient {
  dynamoClient ??= new DynamoDBClient({ maxAttempts: 5 });
  return dynamoClient;
}

export function sfn(): SFNClient {
  sfnClient ??= new SFNClient({ maxAttempts: 4 });
  return sfnClient;
}
