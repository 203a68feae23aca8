import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { synthesize } from './fixtures/synthesized.ts';

const { template } = synthesize();
const tables = template.findResources('AWS::DynamoDB::GlobalTable');

describe('stored data on AWS', () => {
  it('is encrypted and shut to the public in every bucket', () => {
    template.resourceCountIs('AWS::S3::Bucket', 3);
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.objectLike({ ServerSideEncryptionConfiguration: Match.anyValue() }),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  it('is refused to whoever does not use TLS', () => {
    template.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
    template.resourceCountIs('AWS::S3::BucketPolicy', 3);
  });

  it('keeps former versions of objects, and logs who reads them', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: Match.anyValue() },
    });
  });

  it('can be restored to any point in time in every table, and costs nothing while nobody asks', () => {
    expect(Object.keys(tables)).toHaveLength(3);
    template.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [
        Match.objectLike({
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ],
    });
  });

  it('outlives the stack, but not a first deployment that failed, which may then be repeated', () => {
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate' });
    template.allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'RetainExceptOnCreate' });
    template.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })],
    });
  });

  it('is protected against deletion once the stack has stood', () => {
    const { stack, template: standing } = synthesize({ protect: 'true' });
    expect(stack.terminationProtection).toBe(true);
    standing.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })],
    });
  });

  it('does not keep patients for ever: files, rows set aside and prediction lines expire by their prefix', () => {
    const rules = Object.entries(template.findResources('AWS::S3::Bucket')).find(([id]) =>
      id.startsWith('StorageData'),
    );
    const expiring = z
      .array(z.looseObject({ Prefix: z.string().optional(), ExpirationInDays: z.number().optional() }))
      .parse(rules?.[1].Properties.LifecycleConfiguration.Rules)
      .flatMap(({ Prefix, ExpirationInDays: days }) => (days === undefined ? [] : [[Prefix, days]]));
    expect(Object.fromEntries(expiring)).toEqual({ 'incoming/': 365, 'quarantine/': 365, 'predictions/': 400 });
  });
});

describe('stored data offline', () => {
  it('goes with the stack', () => {
    const offline = synthesize({ offline: 'true' }).template;
    offline.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    offline.allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' });
  });
});
