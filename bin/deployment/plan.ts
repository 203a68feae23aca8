// What a deployment will do, and what speaks against it, decided from the account and the settings alone.
import type { Settings } from '../../lib/settings.ts';
import type { Account } from './account.ts';

export interface DeploymentPlan {
  /** Reasons not to begin, each with its remedy. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
  readonly bootstrap: boolean;
  /** Deploy a second time with deletion protection, now that the stack stands. */
  readonly protectAfterwards: boolean;
  /** CDK context beside the caller's own. */
  readonly context: Readonly<Record<string, string>>;
}

/** Functions that answer while a training runs: Predict, Authorizer, Monitor. */
const ANSWERING = 3;
/** Lambda lets nobody reserve the last 100 executions of an account. */
const UNRESERVED = 100;

export function planDeployment(account: Account, settings: Settings, stackName: string): DeploymentPlan {
  const standing = account.stack === 'standing';
  return {
    refusals: [...stackRefusals(account, stackName), ...quotaRefusals(account, settings)],
    warnings: account.concurrentExecutions === null ? [UNKNOWN_QUOTA] : [],
    bootstrap: !account.bootstrapped,
    protectAfterwards: !standing,
    context: { protect: String(standing) },
  };
}

const UNKNOWN_QUOTA =
  "Lambda's quota of concurrent executions could not be read (servicequotas:GetServiceQuota): it is not checked.";

function stackRefusals({ stack }: Account, stackName: string): string[] {
  if (stack === 'busy') return [`${stackName} is being changed by somebody else: wait until CloudFormation is done.`];
  if (stack !== 'broken') return [];
  return [
    `${stackName} is in a state that CloudFormation cannot leave by itself: see its events in the console, then run ` +
      `aws cloudformation delete-stack --stack-name ${stackName} (buckets and tables that once stood are kept).`,
  ];
}

function quotaRefusals({ concurrentExecutions: quota }: Account, { concurrency, reserved }: Settings): string[] {
  if (quota === null) return [];
  const kept = Object.values(reserved).reduce((sum, n) => sum + n, 0);
  if (kept > 0 && quota - kept < UNRESERVED) {
    return [
      `${kept} executions are reserved, but of the ${quota} that this account has ${UNRESERVED} must stay free: ` +
        `reserve less (-c reserved), or ask Service Quotas for ${kept + UNRESERVED} (Lambda, L-B99A9384).`,
    ];
  }
  const needed = Math.max(concurrency.clean, concurrency.train) + ANSWERING;
  if (needed <= quota - kept) return [];
  return [
    `A training would run ${needed - ANSWERING} functions at a time and leave fewer than ${ANSWERING} of the ${quota - kept} free ` +
      `executions for predictions: lower -c concurrency, or ask Service Quotas for ${needed + kept} (Lambda, L-B99A9384).`,
  ];
}
