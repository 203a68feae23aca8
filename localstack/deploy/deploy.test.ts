import { describe, expect, it } from 'vitest';
import { deployLine } from './lines.ts';
import { firstProblem } from './problem.ts';
import { sourceHash } from './source-hash.ts';

describe('the progress of a deployment', () => {
  it('is worded from the lines of the CDK that tell of it', () => {
    const event =
      'readmit-local |  7/42 | 10:01:02 AM | CREATE_COMPLETE      | AWS::IAM::Role | Pipeline/Ingest/Role (PipelineIngest)';
    expect(deployLine(event)).toBe('7 of 42 resources');
    expect(deployLine('✨  Synthesis time: 3.4s')).toBe('synthesized');
    expect(deployLine('Stack ARN:')).toBeUndefined();
  });
});

describe('the first problem of a failed deployment', () => {
  it("is CloudFormation's reason, not its consequences", () => {
    const log = [
      'readmit-local | 3/42 | 10:01:02 AM | CREATE_FAILED | AWS::S3::Bucket | Storage/Data (StorageData) the name is taken',
      'readmit-local | 4/42 | 10:01:02 AM | CREATE_FAILED | AWS::IAM::Role | Role cancelled',
      '❌  readmit-local failed: the stack rolled back',
    ].join('\n');
    expect(firstProblem(log)).toContain('the name is taken');
  });

  it("is the CDK's error when it did not get that far", () => {
    expect(firstProblem('Building\nBundleError: the functions do not build: correct x.ts\n  at y')).toBe(
      'the functions do not build: correct x.ts',
    );
    expect(firstProblem('a\nwrite ENOSPC: no space left\n')).toContain('ENOSPC');
    expect(firstProblem('')).toBe('the CDK gave no reason');
  });
});

describe('the hash of what is deployed', () => {
  it('is stable, and changes with the context', () => {
    expect(sourceHash({ environment: 'a' })).toBe(sourceHash({ environment: 'a' }));
    expect(sourceHash({ environment: 'a' })).not.toBe(sourceHash({ environment: 'b' }));
  });
});
