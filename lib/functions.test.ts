import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundles, synthesize } from './fixtures/synthesized.ts';
import { bundleFunctions, type FunctionName } from './functions.ts';

const { template } = synthesize();
const functionSchema = z.object({
  Properties: z.object({
    FunctionName: z.string(),
    LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
    Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
    MemorySize: z.number(),
    TracingConfig: z.object({ Mode: z.literal('Active') }).optional(),
    ReservedConcurrentExecutions: z.number().optional(),
  }),
});
const functions = Object.values(template.findResources('AWS::Lambda::Function')).map(
  (resource) => functionSchema.parse(resource).Properties,
);

describe('every function', () => {
  it('runs on Node 24 on the configured processor', () => {
    const expected = { Runtime: 'nodejs24.x', Handler: 'index.handler' };
    template.allResourcesProperties('AWS::Lambda::Function', { ...expected, Architectures: ['x86_64'] });
    synthesize({ arch: 'arm64' }).template.allResourcesProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
    });
  });

  it('leaves traces, but for the monitor, which is called once for a handful of lines', () => {
    const untraced = functions.filter(({ TracingConfig: tracing }) => tracing === undefined);
    expect(untraced.map(({ FunctionName: name }) => name)).toEqual(['readmit-dev-monitor']);
  });

  it('writes to its own log group, which forgets after the configured days', () => {
    const groups = functions.map(({ LoggingConfig: { LogGroup: group } }) => group.Ref);
    expect(new Set(groups).size).toBe(functions.length);
    const logGroups = template.findResources('AWS::Logs::LogGroup');
    for (const { FunctionName: name, LoggingConfig: logging } of functions) {
      expect(logGroups[logging.LogGroup.Ref]).toMatchObject({
        Properties: { LogGroupName: `/aws/lambda/${name}`, RetentionInDays: 30 },
      });
    }
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  it('knows where the data is', () => {
    for (const { Environment: environment } of functions) {
      expect(Object.keys(environment.Variables)).toEqual(
        expect.arrayContaining(['DATA_BUCKET', 'TRACKING_TABLE', 'REGISTRY_TABLE', 'METRICS_TABLE', 'AUTH_MODE']),
      );
    }
  });

  it('reads source maps while starting, except where an answer waits for the start', () => {
    const without = functions
      .filter(({ Environment: environment }) => environment.Variables.NODE_OPTIONS === undefined)
      .map(({ FunctionName: name }) => name);
    expect(without.sort()).toEqual(['readmit-dev-authorizer', 'readmit-dev-predict']);
  });

  it('trains on its share of the cores offline, on all of its own on AWS', () => {
    const threads = (of: typeof template) =>
      Object.values(
        of.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'readmit-dev-train' } }),
      ).map((fn) => fn.Properties.Environment.Variables.TRAINING_THREADS);
    expect(threads(template)).toEqual([undefined]);
    expect(threads(synthesize({ offline: true, concurrency: { train: 40 } }).template)).toEqual(['1']);
  });

  it('takes its memory from the context', () => {
    const memoryOf = (name: string, megabytes: number) =>
      Match.objectLike({ FunctionName: `readmit-dev-${name}`, MemorySize: megabytes });
    template.hasResourceProperties('AWS::Lambda::Function', memoryOf('train', 3008));
    const larger = synthesize({ memory: '{"Train": 10240}' }).template;
    larger.hasResourceProperties('AWS::Lambda::Function', memoryOf('train', 10_240));
    larger.hasResourceProperties('AWS::Lambda::Function', memoryOf('clean', 1769));
  });

  it('fits a new account: 3,008 MiB at most, nothing reserved, executions left for those who answer', () => {
    expect(Math.max(...functions.map(({ MemorySize: mebibytes }) => mebibytes))).toBeLessThanOrEqual(3008);
    expect(functions.flatMap(({ ReservedConcurrentExecutions: reserved }) => reserved ?? [])).toEqual([]);
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const limits = [...JSON.stringify(machine).matchAll(/MaxConcurrency\\":(\d+)/g)].map((found) => Number(found[1]));
    expect(limits).toHaveLength(2);
    for (const limit of limits) expect(limit + ['Predict', 'Authorizer', 'Monitor'].length).toBeLessThan(10);
  });

  it('keeps executions for itself where the context says so', () => {
    const reserved = synthesize({ reserved: '{"Predict": 20}' }).template;
    reserved.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'readmit-dev-predict',
      ReservedConcurrentExecutions: 20,
    });
  });

  it('that computes models carries the version of its code', () => {
    const versions = functions
      .filter(({ FunctionName: name }) => /-(ingest|clean|train|evaluate)$/.test(name))
      .map(({ Environment: environment }) => environment.Variables.CODE_VERSION);
    expect(versions).toHaveLength(4);
    expect(new Set(versions).size).toBe(1);
    expect(versions[0]).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('what is deployed', () => {
  const arm = { os: 'linux', cpu: 'arm64' };
  const x64 = { os: 'linux', cpu: 'x64' };
  const bundle = bundles();
  const native = (name: FunctionName, path = '') =>
    join(bundle(name, arm).directory, 'node_modules/onnxruntime-node/bin/napi-v6', path);

  it('holds the native libraries of its own platform alone, and only where the code imports them', () => {
    expect(readdirSync(native('Predict'))).toEqual(['linux']);
    expect(readdirSync(native('Predict', 'linux'))).toEqual(['arm64']);
    expect(existsSync(native('Promote'))).toBe(false);
  });

  it('holds the trainer and its worker in one folder', () => {
    expect(readdirSync(bundle('Train', arm).directory)).toEqual(expect.arrayContaining(['index.mjs', 'worker.mjs']));
  });

  it('is the same each time, and neither built nor written again from the same sources', () => {
    const made = bundle('Predict', arm);
    const writtenAt = statSync(made.directory).ctimeMs;
    expect(bundleFunctions()('Predict', arm)).toEqual(made);
    expect(statSync(made.directory).ctimeMs).toBe(writtenAt);
  });

  it('differs by platform where it has native parts, while its code is the same', () => {
    expect(bundle('Predict', x64).hash).not.toBe(bundle('Predict', arm).hash);
    expect(bundle('Predict', x64).codeHash).toBe(bundle('Predict', arm).codeHash);
    expect(bundle('Promote', x64).hash).toBe(bundle('Promote', arm).hash);
  });

  it('is refused with a plain sentence for a platform without libraries', () => {
    expect(() => bundle('Predict', { os: 'sunos', cpu: 'sparc' })).toThrow(/no libraries for sunos\/sparc/);
  });
});
