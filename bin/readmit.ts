// The CDK app: reads the settings from context, checks the stack against AWS's solution rules, synthesizes.
import { availableParallelism } from 'node:os';
import { App, cx_api, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BundleError } from '../lib/build.ts';
import { bundleFunctions } from '../lib/functions.ts';
import { UnsupportedPlatformError } from '../lib/onnxruntime.ts';
import { parseSettings, SettingsError } from '../lib/settings.ts';
import { ReadmitStack } from '../lib/stack.ts';
import { PageNotBuiltError, WebStack } from '../lib/web.ts';

function compose(app: App): void {
  const host = { os: process.platform, cpu: process.arch, cores: availableParallelism() };
  const settings = parseSettings((key) => app.node.tryGetContext(key), host);
  // Bundles lie content-addressed under .readmit/bundles; here, staging would only copy their 46 MB once more.
  if (settings.offline) app.node.setContext(cx_api.DISABLE_ASSET_STAGING_CONTEXT, true);
  const { api, stateMachine } = new ReadmitStack(app, { settings, bundles: bundleFunctions() });
  // Offline the gateway serves the page.
  if (!settings.offline) new WebStack(app, { settings, api: api.rest, stateMachine });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

try {
  compose(new App());
} catch (error) {
  const isForTheUser = [SettingsError, BundleError, UnsupportedPlatformError, PageNotBuiltError].some(
    (kind) => error instanceof kind,
  );
  if (!isForTheUser || !(error instanceof Error)) throw error;
  console.error(error.message);
  process.exit(1);
}
