import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { allows, statementsByRole } from './fixtures/policies.ts';
import { synthesize } from './fixtures/synthesized.ts';

const { template } = synthesize();
const idOf = (type: string, part: string) =>
  Object.keys(template.findResources(type)).find((id) => id.includes(part)) ?? `no ${part}`;
const checkpoints = idOf('AWS::S3::Bucket', 'Checkpoints');

describe('checkpoints on AWS', () => {
  it('are locked for ten years in a versioned bucket of their own', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 3650 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(template.findResources('AWS::S3::Bucket')[checkpoints]).toMatchObject({
      Properties: { ObjectLockEnabled: true },
    });
  });

  it('are written under new keys only: who does not say If-None-Match is refused, whoever it is', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: checkpoints },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:PutObject',
            Principal: { AWS: '*' },
            Condition: { Null: { 's3:if-none-match': 'true' } },
          }),
        ]),
      },
    });
  });

  it('can be deleted, or their lock passed by, by no function', () => {
    const actions = [...statementsByRole(template).values()].flat().flatMap((statement) => statement.actions);
    expect(actions.filter((action) => /BypassGovernance|DeleteObject|PutObjectRetention/.test(action))).toEqual([]);
  });
});

describe('signing keys on AWS', () => {
  it('never leave KMS: P-256 for models, Ed25519 for checkpoints', () => {
    const keys = Object.values(template.findResources('AWS::KMS::Key')).map(({ Properties: p }) => [
      p.KeySpec,
      p.KeyUsage,
    ]);
    expect(keys.sort()).toEqual([
      ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY'],
      ['ECC_NIST_P256', 'SIGN_VERIFY'],
    ]);
  });

  it('sign models for Evaluate alone', () => {
    const key = `${idOf('AWS::KMS::Key', 'ModelKey')}.Arn`;
    const signing = [...statementsByRole(template)]
      .filter(([, own]) => allows(own, 'kms:Sign', key))
      .map(([role]) => role);
    expect(signing).toEqual([expect.stringContaining('Evaluate')]);
  });

  it('sign checkpoints only for those who may append to the ledger', () => {
    const key = `${idOf('AWS::KMS::Key', 'CheckpointKey')}.Arn`;
    const registry = `${idOf('AWS::DynamoDB::GlobalTable', 'StorageRegistry')}.Arn`;
    const roles = [...statementsByRole(template)];
    const signing = roles.filter(([, own]) => allows(own, 'kms:Sign', key));
    expect(signing.length).toBeGreaterThan(0);
    for (const [role, own] of signing) {
      expect([role, allows(own, 'dynamodb:PutItem', registry, 'ledger#a#b')]).toEqual([role, true]);
    }
  });
});
