// What a deployment needs to know of the AWS account that it goes to, asked before anything is changed.
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetServiceQuotaCommand, type ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

/** Lambda's quota "Concurrent executions", by its code in Service Quotas. */
const CONCURRENT_EXECUTIONS = 'L-B99A9384';

export interface AccountClients {
  readonly sts: STSClient;
  readonly cloudFormation: CloudFormationClient;
  readonly quotas: ServiceQuotasClient;
}

/** absent: never deployed. failed: a first deployment rolled back. broken: it could not even roll back. */
export type StackState = 'absent' | 'failed' | 'broken' | 'busy' | 'standing';

export interface Account {
  readonly id: string;
  /** ARN of the caller. */
  readonly caller: string;
  readonly region: string;
  readonly bootstrapped: boolean;
  readonly stack: StackState;
  /** Executions at a time that Lambda allows the account; null where the caller may not ask for it. */
  readonly concurrentExecutions: number | null;
}

/** No answer from AWS that a deployment could start from. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
}

/** @throws AccountError with the remedy when there are no credentials, no region, or AWS cannot be reached */
export async function readAccount(clients: AccountClients, stackName: string): Promise<Account> {
  const region = await regionOf(clients);
  const { id, caller } = await whoAmI(clients);
  const [toolkit, stack, concurrentExecutions] = await Promise.all([
    stackStatus(clients, 'CDKToolkit'),
    stackStatus(clients, stackName),
    concurrency(clients),
  ]);
  return { id, caller, region, bootstrapped: toolkit !== null, stack: stateOf(stack), concurrentExecutions };
}

async function regionOf({ sts }: AccountClients): Promise<string> {
  try {
    return await sts.config.region();
  } catch (cause) {
    throw new AccountError(
      'No region is named. Set AWS_REGION, e.g. AWS_REGION=us-east-1, or choose a profile with one.',
      {
        cause,
      },
    );
  }
}

async function whoAmI({ sts }: AccountClients): Promise<{ id: string; caller: string }> {
  try {
    const { Account: id = '', Arn: caller = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { id, caller };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AccountError(
      `AWS does not take your credentials (${why}). Run aws sso login or aws configure, or set AWS_PROFILE, then try again.`,
      { cause },
    );
  }
}

/** Null where no such stack is. */
async function stackStatus({ cloudFormation }: AccountClients, StackName: string): Promise<string | null> {
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return stack?.StackStatus ?? null;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return null;
    const why = error instanceof Error ? error.message : String(error);
    throw new AccountError(`CloudFormation does not say whether ${StackName} is there: ${why}`, { cause: error });
  }
}

function stateOf(status: string | null): StackState {
  if (status === null || status === 'DELETE_COMPLETE' || status === 'REVIEW_IN_PROGRESS') return 'absent';
  if (status === 'ROLLBACK_COMPLETE') return 'failed';
  if (/^(ROLLBACK|DELETE|UPDATE_ROLLBACK)_FAILED$|^CREATE_FAILED$/.test(status)) return 'broken';
  return status.endsWith('_IN_PROGRESS') ? 'busy' : 'standing';
}

async function concurrency({ quotas }: AccountClients): Promise<number | null> {
  try {
    const { Quota: quota } = await quotas.send(
      new GetServiceQuotaCommand({ ServiceCode: 'lambda', QuotaCode: CONCURRENT_EXECUTIONS }),
    );
    return quota?.Value ?? null;
  } catch {
    return null; // asking is a right of its own, which a deployer may lack: the plan then says what it could not check
  }
}
