// SDK clients for one endpoint and its key.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What a LocalStack takes; our own engine has a key of its own. */
export const LOCALSTACK_CREDENTIALS: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const REGION = 'us-east-1';

export interface Clients {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly s3: S3Client;
  readonly dynamo: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly cloudFormation: CloudFormationClient;
}

export function clientsFor(endpoint: string, credentials: Credentials): Clients {
  const config = { endpoint, region: REGION, credentials: { ...credentials } };
  return {
    endpoint,
    credentials,
    s3: new S3Client({ ...config, forcePathStyle: true }),
    dynamo: new DynamoDBClient(config),
    sfn: new SFNClient(config),
    cloudFormation: new CloudFormationClient(config),
  };
}

/** The same as environment variables, for programs that are started with them. */
export function clientEnvironment({ endpoint, credentials }: Pick<Clients, 'endpoint' | 'credentials'>) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // S3 hosts named after a bucket do not resolve on a loopback endpoint.
    AWS_S3_FORCE_PATH_STYLE: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    // What a user has set for an account on AWS must not come into a local deployment.
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_PROFILE: undefined,
    AWS_DEFAULT_PROFILE: undefined,
    AWS_CONFIG_FILE: undefined,
    AWS_SHARED_CREDENTIALS_FILE: undefined,
  };
}
