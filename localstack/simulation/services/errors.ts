// Errors as the SDK throws them: its own classes where it has them, the code as the name elsewhere.
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { S3ServiceException } from '@aws-sdk/client-s3';

const metadata = (status: number) => ({ httpStatusCode: status, attempts: 1, totalRetryDelay: 0 });

export function s3Error(name: string, status: number, message = name): S3ServiceException {
  return new S3ServiceException({
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: metadata(status),
    message,
  });
}

export function dynamoError(name: string, status = 400, message = name): DynamoDBServiceException {
  return new DynamoDBServiceException({
    name,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: metadata(status),
    message,
  });
}

/** What a request that got no answer in time looks like. */
export function timeoutError(): Error {
  return Object.assign(new Error('Connection timed out'), { name: 'TimeoutError', $metadata: {} });
}

export class NotSimulatedError extends Error {
  override readonly name = 'NotSimulatedError';
  constructor(what: string) {
    super(`the in-memory services do not know ${what}: teach them, and say so in the conformance suite`);
  }
}
