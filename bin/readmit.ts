// The CDK app: reads the settings from context, checks the stack against AWS's solution rules, synthesizes.
import { availableParallelism } from 'node:os';
import { App, cx_api, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunctions } from '../lib/functions.ts';
import { parseSettings } from '../lib/settings.ts';
import { ReadmitStack } from '../lib/stack.ts';

const app = new App();
const host = { os: process.platform, cpu: process.arch, cores: availableParallelism() };
const settings = parseSettings((key) => app.node.tryGetContext(key), host);
// Bundles lie content-addressed under .readmit/bundles; here, staging would only copy their 46 MB once more.
if (settings.offline) app.node.setContext(cx_api.DISABLE_ASSET_STAGING_CONTEXT, true);
new ReadmitStack(app, { settings, bundles: bundleFunctions() });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
