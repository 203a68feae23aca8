// A deployed Lambda as the gateway runs it: its own code, its own settings, its own role.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { z } from 'zod';
import type { GatewayClients } from './clients.ts';
import { unzip } from './zip.ts';

export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly logGroup: string;
  /** Folder with the unpacked code. */
  readonly directory: string;
  /** The environment of a new process of it, with fresh credentials of its role. */
  variables(): Promise<Readonly<Record<string, string>>>;
}

const functionSchema = z.object({
  Configuration: z.object({
    FunctionName: z.string(),
    FunctionArn: z.string(),
    Handler: z.string(),
    Role: z.string(),
    CodeSha256: z.string(),
    MemorySize: z.number().default(128),
    Timeout: z.number().default(3),
    Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
    LoggingConfig: z.object({ LogGroup: z.string().optional() }).default({}),
  }),
  Code: z.object({ Location: z.string() }),
});

/** @param cacheDirectory unpacked code is kept here by its sha256, so that a restart finds it. */
export async function deployedFunction(
  cloud: GatewayClients,
  name: string,
  cacheDirectory: string,
): Promise<DeployedFunction> {
  const answer = await cloud.lambda.send(new GetFunctionCommand({ FunctionName: name }));
  const { Configuration: found, Code: code } = functionSchema.parse(answer);
  const directory = join(cacheDirectory, Buffer.from(found.CodeSha256, 'base64').toString('hex').slice(0, 32));
  if (!existsSync(directory)) await fetchCode(code.Location, directory);
  const logGroup = found.LoggingConfig.LogGroup ?? `/aws/lambda/${found.FunctionName}`;
  return {
    name: found.FunctionName,
    arn: found.FunctionArn,
    handler: found.Handler,
    memoryMb: found.MemorySize,
    timeoutMs: found.Timeout * 1000,
    logGroup,
    directory,
    variables: async () => ({
      ...found.Environment.Variables,
      ...(await roleCredentials(cloud, found.Role, found.FunctionName)),
      AWS_REGION: cloud.region,
      AWS_DEFAULT_REGION: cloud.region,
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: found.FunctionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(found.MemorySize),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
      LAMBDA_TASK_ROOT: directory,
      _HANDLER: found.Handler,
      TZ: ':UTC',
    }),
  };
}

/** The function runs as its role, so that the policies as written decide what it may do. */
async function roleCredentials(cloud: GatewayClients, role: string, session: string): Promise<Record<string, string>> {
  const { Credentials: given } = await cloud.sts.send(
    new AssumeRoleCommand({ RoleArn: role, RoleSessionName: session.slice(0, 64) }),
  );
  const credentials = z
    .object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() })
    .parse(given);
  return {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
  };
}

async function fetchCode(location: string, directory: string): Promise<void> {
  const response = await fetch(location);
  if (!response.ok) throw new Error(`the function's code is not to be had: ${response.status} from ${location}`);
  const archive = Buffer.from(await response.arrayBuffer());
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  try {
    unzip(archive, draft);
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(directory)) throw error; // else another gateway was first with the same code
  }
}
