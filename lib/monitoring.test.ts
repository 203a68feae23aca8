import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { allows, statementsByRole } from './fixtures/policies.ts';
import { synthesize } from './fixtures/synthesized.ts';

const { template } = synthesize();
const idOf = (type: string, name: string) =>
  Object.keys(template.findResources(type)).find((id) => id.startsWith(name)) ?? `no ${name}`;
const predictLog = idOf('AWS::Logs::LogGroup', 'ApiPredictLogs');
const monitorFunction = idOf('AWS::Lambda::Function', 'MonitoringMonitorFunction');

describe('the monitor', () => {
  it("is handed the lines of the predict function's log that count, and nothing else", () => {
    template.resourceCountIs('AWS::Logs::SubscriptionFilter', 1);
    template.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      LogGroupName: { Ref: predictLog },
      DestinationArn: { 'Fn::GetAtt': [monitorFunction, 'Arn'] },
      FilterPattern: '{ ($.event = "prediction") || ($.event = "request_error") }',
    });
  });

  it('may be called by that log group alone', () => {
    const permissions = template.findResources('AWS::Lambda::Permission', {
      Properties: { FunctionName: { 'Fn::GetAtt': [monitorFunction, 'Arn'] } },
    });
    expect(Object.values(permissions)).toHaveLength(1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::GetAtt': [monitorFunction, 'Arn'] },
      Principal: 'logs.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [predictLog, 'Arn'] },
    });
  });

  it('adds to counters and notes deliveries; it can read or change nothing else', () => {
    const role = idOf('AWS::IAM::Role', 'MonitoringMonitorRole');
    const own = statementsByRole(template).get(role) ?? [];
    const metrics = `${idOf('AWS::DynamoDB::GlobalTable', 'StorageMetrics')}.Arn`;
    const bucket = `${idOf('AWS::S3::Bucket', 'StorageData')}.Arn`;
    expect(allows(own, 'dynamodb:UpdateItem', metrics, 'counters#00')).toBe(true);
    expect(allows(own, 'dynamodb:PutItem', metrics, 'delivery#0')).toBe(true);
    // One transaction holds both keys: each action of it may see either, however AWS reads the condition.
    expect(allows(own, 'dynamodb:PutItem', metrics, 'counters#00')).toBe(true);
    expect(allows(own, 'dynamodb:UpdateItem', metrics, 'delivery#0')).toBe(true);
    expect(allows(own, 'dynamodb:UpdateItem', metrics, 'other#0')).toBe(false);
    expect(allows(own, 'dynamodb:DeleteItem', metrics, 'counters#00')).toBe(false);
    expect(allows(own, 'dynamodb:PutItem', metrics, 'records#2026-11-01#00')).toBe(true);
    expect(allows(own, 'dynamodb:Query', metrics, 'records#2026-11-01#00')).toBe(false);
    expect(own.filter(({ resources }) => resources.some((resource) => resource.startsWith(bucket)))).toEqual([]);
    for (const table of ['StorageRegistry', 'StorageTracking']) {
      const arn = `${idOf('AWS::DynamoDB::GlobalTable', table)}.Arn`;
      expect(own.filter(({ resources }) => resources.includes(arn))).toEqual([]);
    }
  });

  it('leaves a delivery that failed three times in a queue, from where it can be counted later', () => {
    const queue = idOf('AWS::SQS::Queue', 'MonitoringUncounted');
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: monitorFunction },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
  });

  it('forgets noted deliveries by their time to live', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
    });
  });
});

describe('CloudWatch', () => {
  it('has a dashboard, and alarms that say in words what to look at', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.length).toBeGreaterThanOrEqual(6);
    for (const { Properties: alarm } of alarms) expect(alarm.AlarmDescription.length).toBeGreaterThan(40);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'readmit-dev-monitor-failed',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: monitorFunction } }],
      TreatMissingData: 'notBreaching',
      MetricName: Match.exact('Errors'),
    });
  });

  it('tells nobody unless an address is given; then over a topic with a key that CloudWatch may use', () => {
    template.resourceCountIs('AWS::SNS::Topic', 0);
    const told = synthesize({ alarmEmail: 'ward@example.org' }).template;
    told.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ward@example.org' });
    told.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })]),
      },
    });
    told.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [Match.anyValue()] });
  });

  it('does not call a single cold start slow', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'readmit-dev-api-slow',
      EvaluateLowSampleCountPercentile: 'ignore',
      EvaluationPeriods: 3,
    });
  });

  it('traces one request in a hundred of this API, and counts no single methods unless asked to', () => {
    template.hasResourceProperties('AWS::XRay::SamplingRule', {
      SamplingRule: Match.objectLike({ FixedRate: 0.01, ReservoirSize: 0, ServiceName: 'readmit-dev-api/*' }),
    });
    const settingsOf = (of: typeof template) =>
      Object.values(of.findResources('AWS::ApiGateway::Stage')).map(
        (stage) => stage.Properties.MethodSettings[0].MetricsEnabled,
      );
    expect(settingsOf(template)).toEqual([false]);
    expect(settingsOf(synthesize({ methodMetrics: true }).template)).toEqual([true]);
  });
});
