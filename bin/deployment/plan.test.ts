import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../lib/settings.ts';
import type { Account } from './account.ts';
import { planDeployment } from './plan.ts';

const fresh: Account = {
  ...{ id: '123456789012', caller: 'arn:aws:iam::123456789012:user/a', region: 'us-east-1' },
  ...{ bootstrapped: false, stack: 'absent', concurrentExecutions: 10 },
};
const plan = (account: Partial<Account> = {}, context: Readonly<Record<string, unknown>> = {}) =>
  planDeployment(
    { ...fresh, ...account },
    parseSettings((key) => context[key], { os: 'linux', cpu: 'x64', cores: 2 }),
    'readmit-dev',
  );

describe('the plan of a deployment', () => {
  it('lets a new account begin with the defaults: bootstrap first, protection when the stack stands', () => {
    expect(plan()).toEqual({
      ...{ refusals: [], warnings: [], bootstrap: true, protectAfterwards: true, context: { protect: 'false' } },
    });
  });

  it('leaves a standing stack protected', () => {
    expect(plan({ stack: 'standing', bootstrapped: true })).toMatchObject({
      ...{ bootstrap: false, protectAfterwards: false, context: { protect: 'true' } },
    });
  });

  it('begins again after a first deployment that rolled back, unprotected', () => {
    expect(plan({ stack: 'failed' })).toMatchObject({ refusals: [], context: { protect: 'false' } });
  });

  it.each([
    ['a stack that cannot be left', { stack: 'broken' as const }, {}, 'delete-stack --stack-name readmit-dev'],
    ['a stack that is being changed', { stack: 'busy' as const }, {}, 'being changed'],
    ['more reserved than the account has', {}, { reserved: { Predict: 20 } }, 'ask Service Quotas for 120'],
    ['trainings that leave nothing for predictions', {}, { concurrency: { train: 9 } }, 'ask Service Quotas for 12'],
  ])('refuses %s and names the remedy', (_, account, context, remedy) => {
    expect(plan(account, context).refusals).toEqual([expect.stringContaining(remedy)]);
  });

  it('says what it could not check', () => {
    expect(plan({ concurrentExecutions: null }).warnings).toEqual([expect.stringContaining('is not checked')]);
  });
});
