// Which deployed stack a command is for: that of this folder, one at an endpoint that the user names, or one on AWS.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type Credentials, LOCALSTACK_CREDENTIALS, REGION } from '../clients.ts';
import { keyOfRunning } from '../engine/traces.ts';
import { LocalFailure } from '../failure.ts';

export interface TargetOptions {
  readonly stack: string;
  readonly endpoint: string | undefined;
  readonly aws: boolean;
}

export interface Target {
  /** For the SDK's clients; empty for what the environment says. */
  readonly config: { readonly endpoint?: string; readonly region?: string; readonly credentials?: Credentials };
  /** For the user, e.g. "the stack readmit-local of this folder, at http://127.0.0.1:4566". */
  readonly name: string;
}

/**
 * @param home of the local cloud of this folder
 * @throws LocalFailure when no cloud was named and this folder has none that runs: nothing is sent anywhere then.
 */
export function targetOf({ stack, endpoint, aws }: TargetOptions, home: string): Target {
  if (aws) return { config: {}, name: `the stack ${stack} on AWS` };
  const own = keyOfRunning(home);
  if (own !== null && (endpoint === undefined || endpoint === own.endpoint)) {
    return { config: { ...own, region: REGION }, name: `the stack ${stack} of this folder, at ${own.endpoint}` };
  }
  if (endpoint === undefined) {
    throw new LocalFailure(
      'readmit does not run in this folder.',
      'Start it with npm start, or say which cloud is meant: --endpoint URL for a LocalStack, --aws for AWS.',
    );
  }
  const config = { endpoint, region: REGION, credentials: LOCALSTACK_CREDENTIALS };
  return { config, name: `the stack ${stack} at ${endpoint}, which this folder did not start` };
}

/** Name of the stack's registry table. @throws LocalFailure when there is no such stack */
export async function registryTable({ config, name }: Target, stack: string): Promise<string> {
  const client = new CloudFormationClient(config);
  const answer = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    throw new LocalFailure(`Not found: ${name}.`, 'Check --stack, and where it is deployed.', { cause });
  });
  const output = answer.Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RegistryTableName');
  if (output?.OutputValue !== undefined) return output.OutputValue;
  throw new LocalFailure(`No registry table: ${name}.`, 'Deploy it again.');
}
