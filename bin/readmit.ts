// The CDK app: reads the settings from context, checks the stack against AWS's solution rules, synthesizes.
import { availableParallelism } from 'node:os';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseSettings } from '../lib/settings.ts';
import { ReadmitStack } from '../lib/stack.ts';

const app = new App();
const host = { os: process.platform, cpu: process.arch, cores: availableParallelism() };
new ReadmitStack(
  app,
  parseSettings((key) => app.node.tryGetContext(key), host),
);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
