// All functions by name, with the sources that they are bundled from. Names and folders are the same words.
import type { ApiFunction } from '../lambdas/core/routes/table.ts';
import type { Entry } from './build.ts';
import { type Bundle, bundleAll } from './bundle.ts';
import { kebabCase } from './names.ts';
import type { Platform } from './settings.ts';
import { STEPS, type StepName } from './steps.ts';

export type FunctionName = StepName | ApiFunction | 'Authorizer' | 'Monitor';
export type Bundles = (name: FunctionName, platform: Platform) => Bundle;

/** Bundles every function. @throws BundleError */
export function bundleFunctions(): Bundles {
  return bundleAll(ENTRIES);
}

const step = (name: StepName): Entry => ({
  handler: `lambdas/steps/${kebabCase(name)}/handler.ts`,
  workers: STEPS[name].workers ?? {},
});
const api = (name: ApiFunction): Entry => ({ handler: `lambdas/api/${kebabCase(name)}/handler.ts` });

/** The page under /docs is served from here: no outside host is asked for anything. */
const SWAGGER_UI = Object.fromEntries(
  ['swagger-ui.css', 'swagger-ui-bundle.js'].map((file) => [`swagger-ui/${file}`, `swagger-ui-dist/${file}`]),
);

const ENTRIES: Readonly<Record<FunctionName, Entry>> = {
  Ingest: step('Ingest'),
  Clean: step('Clean'),
  Train: step('Train'),
  Evaluate: step('Evaluate'),
  Plan: step('Plan'),
  Promote: step('Promote'),
  Reject: step('Reject'),
  RecordFailure: step('RecordFailure'),
  Predict: api('Predict'),
  Outcomes: api('Outcomes'),
  Registry: api('Registry'),
  Pipeline: api('Pipeline'),
  Docs: { ...api('Docs'), files: SWAGGER_UI },
  Metrics: api('Metrics'),
  Authorizer: { handler: 'lambdas/authorizer/handler.ts' },
  Monitor: { handler: 'lambdas/monitor/handler.ts' },
};
