import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bundles, outputFolder } from './fixtures/synthesized.ts';
import { ROOT } from './root.ts';
import { parseSettings } from './settings.ts';
import { ReadmitStack } from './stack.ts';
import { PageNotBuiltError, WebStack } from './web.ts';

const cdkJson = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')));

function webStack(directory = builtPage()) {
  const context = { ...cdkJson.context, 'aws:cdk:disable-asset-staging': true };
  const app = new App({ context, outdir: outputFolder(), builtinCloudFormationValidation: false });
  const settings = parseSettings(() => undefined, { os: 'linux', cpu: 'x64', cores: 2 });
  const stack = new ReadmitStack(app, { settings, bundles: bundles() });
  const web = new WebStack(app, { settings, api: stack.api.rest, stateMachine: stack.stateMachine, directory });
  return { app, template: Template.fromStack(web) };
}

function builtPage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'readmit-page-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html>');
  return directory;
}

test('the page is served over HTTPS with a policy that allows its own files and its API, and nothing inline', () => {
  const { template } = webStack();
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' } },
  });
  const policies = template.findResources('AWS::CloudFront::ResponseHeadersPolicy');
  const text = JSON.stringify(policies);
  expect(text).toContain("default-src 'self'");
  expect(text).toContain("connect-src 'self' https://");
  expect(text).not.toContain('unsafe');
  expect(text).toContain('"AccessControlMaxAgeSec":63072000');
});

test('nobody reaches the bucket but the distribution', () => {
  const { template } = webStack();
  template.allResourcesProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { Origins: [Match.objectLike({ OriginAccessControlId: Match.anyValue() })] },
  });
});

test("it passes AWS's solution rules", () => {
  const { app } = webStack();
  expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
});

test('a page that was not built is said to be, before anything is deployed', () => {
  expect(() => webStack('/nowhere')).toThrow(PageNotBuiltError);
});
