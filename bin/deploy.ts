// npm run deploy: the whole way to AWS, from the account's checks to the next three commands.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import { stackName } from '../lib/names.ts';
import { parseSettings } from '../lib/settings.ts';
import { AccountError, readAccount } from './deployment/account.ts';
import { buildPage, CommandFailedError, cdk } from './deployment/cdk.ts';
import { nextCommands } from './deployment/next-commands.ts';
import { type DeployOptions, HELP, OptionError, parseOptions } from './deployment/options.ts';
import { type DeploymentPlan, planDeployment } from './deployment/plan.ts';

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

async function deploy({ context, dryRun, yes }: DeployOptions): Promise<number> {
  const settings = parseSettings((key) => context[key], { os: 'linux', cpu: 'x64', cores: 2 });
  const name = stackName(settings);
  const clients = {
    sts: new STSClient(),
    cloudFormation: new CloudFormationClient(),
    quotas: new ServiceQuotasClient(),
  };
  const account = await readAccount(clients, name);
  console.log(`Account ${account.id} in ${account.region}, as ${account.caller}; ${name} is ${account.stack}.`);
  const plan = planDeployment(account, settings, name);
  for (const warning of plan.warnings) console.log(`Note: ${warning}`);
  for (const refusal of plan.refusals) console.error(refusal);
  if (plan.refusals.length > 0) return 1;

  await buildPage();
  const all = { ...context, ...plan.context };
  if (dryRun) {
    await cdk(['diff', '--all', '--method', 'template'], all);
    console.log(`\nNothing was changed. ${plan.bootstrap ? 'A deployment would bootstrap the region first.' : ''}`);
    return 0;
  }
  if (plan.bootstrap) await cdk(['bootstrap', `aws://${account.id}/${account.region}`], all);
  const outputs = await deployStacks(all, plan, yes);
  console.log(`\n${nextCommands(name, outputs)}`);
  return 0;
}

/** Deploys, and once more with protection where the stack stands for the first time; gives the stacks' outputs. */
async function deployStacks(context: Readonly<Record<string, string>>, plan: DeploymentPlan, yes: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'readmit-deploy-'));
  try {
    const file = join(folder, 'outputs.json');
    const args = ['deploy', '--all', '--outputs-file', file, ...(yes ? ['--require-approval', 'never'] : [])];
    await cdk(args, context);
    if (plan.protectAfterwards) await cdk(args, { ...context, protect: 'true' });
    return outputsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(HELP);
  else process.exitCode = await deploy(options);
} catch (error) {
  const isForTheUser = [AccountError, CommandFailedError, OptionError].some((kind) => error instanceof kind);
  if (!(error instanceof Error) || !(isForTheUser || error.name === 'SettingsError')) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
