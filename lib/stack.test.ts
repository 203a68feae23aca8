import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { synthesize } from './fixtures/synthesized.ts';

const EVERYTHING = {
  environment: 'prod',
  arch: 'arm64',
  auth: 'open',
  alarmEmail: 'ward@example.org',
  protect: true,
  reserved: { Predict: 20 },
  cleanMap: 'distributed',
  startOnUpload: 'true',
  schedule: { expression: 'rate(1 day)', source: 'incoming/today.csv' },
};

describe('the stack', () => {
  it.each([
    ['on AWS', {}],
    ['offline', { offline: 'true' }],
    ['with everything switched on', EVERYTHING],
  ])("passes AWS's solution rules %s", (_, context) => {
    const { app } = synthesize(context);
    const report = new AwsSolutionsChecks(app).validateScope(app);
    expect(report.violations).toEqual([]);
  });

  it('needs no account, and is the same each time', () => {
    const { app, stack, template } = synthesize();
    expect(stack.account).toMatch(/Token/);
    expect(app.synth().manifest.missing ?? []).toEqual([]);
    expect(synthesize().template.toJSON()).toEqual(template.toJSON());
  });

  it('names what people and scripts look for', () => {
    const outputs = Object.keys(synthesize().template.findOutputs('*'));
    expect(outputs).toEqual(
      expect.arrayContaining([
        'ApiUrl',
        'ApiId',
        'DataBucketName',
        'TrackingTableName',
        'RegistryTableName',
        'MetricsTableName',
        'StateMachineArn',
        'FunctionNames',
      ]),
    );
  });

  it('stands beside another environment without sharing a name', () => {
    const namesIn = (environment: string) =>
      Object.values(synthesize({ environment }).template.findResources('AWS::Lambda::Function')).map(
        (resource) => resource.Properties.FunctionName,
      );
    const dev = namesIn('dev');
    expect(namesIn('prod').filter((name) => dev.includes(name))).toEqual([]);
  });

  it('starts nothing by itself unless told to', () => {
    synthesize().template.resourceCountIs('AWS::Events::Rule', 0);
    const { template } = synthesize(EVERYTHING);
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      Targets: [{ Input: '{"source":"incoming/today.csv","attempt":1}' }],
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'] },
      Targets: [{ InputTransformer: { InputTemplate: '{"source":<detail-object-key>,"attempt":1}' } }],
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  it('has an alarm in words for a failed chain and for a failing API', () => {
    const alarms = Object.values(synthesize().template.findResources('AWS::CloudWatch::Alarm'));
    const texts = alarms.map((alarm) => String(alarm.Properties.AlarmDescription));
    expect(texts.join('\n')).toMatch(/training execution failed/);
    expect(texts.join('\n')).toMatch(/server errors/);
  });
});
