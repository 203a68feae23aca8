import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allows, type Statement, statementsByRole } from './fixtures/policies.ts';
import { synthesize } from './fixtures/synthesized.ts';
import { ROOT } from './root.ts';

const { template } = synthesize();
const byRole = statementsByRole(template);

const functionSchema = z.object({
  Properties: z.object({
    FunctionName: z.string().startsWith('readmit-dev-'),
    Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  }),
});
const roleOf = new Map(
  Object.values(template.findResources('AWS::Lambda::Function')).map((resource) => {
    const { FunctionName: name, Role: role } = functionSchema.parse(resource).Properties;
    return [name.replace('readmit-dev-', ''), role['Fn::GetAtt'][0]];
  }),
);
const statementsOf = (name: string): readonly Statement[] => byRole.get(roleOf.get(name) ?? '') ?? [];

const bucket = `${Object.keys(template.findResources('AWS::S3::Bucket')).find((id) => id.startsWith('StorageData'))}.Arn`;
const registry = `${Object.keys(template.findResources('AWS::DynamoDB::GlobalTable')).find((id) => id.startsWith('StorageRegistry'))}.Arn`;
const cleanPart = (split: string) => `${bucket}/clean/split=${split}/batch_id=1/part.parquet`;

describe('the role of each function', () => {
  it('is its own', () => {
    expect(roleOf.size).toBe(Object.keys(template.findResources('AWS::Lambda::Function')).length);
    expect(new Set(roleOf.values()).size).toBe(roleOf.size);
  });

  it('names every action, and may delete nothing', () => {
    const actions = [...byRole.values()].flat().flatMap((statement) => statement.actions);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    const ofFunctions = [...roleOf.keys()].flatMap((name) => statementsOf(name).flatMap(({ actions: a }) => a));
    expect(ofFunctions.filter((action) => /delete/i.test(action))).toEqual([]);
  });

  it('has * as a resource only for trace segments and log deliveries, which AWS offers no narrower', () => {
    const unbounded = [...byRole.values()].flat().filter(({ resources }) => resources.includes('*'));
    const actions = new Set(unbounded.flatMap((statement) => statement.actions.map((action) => action.split(':')[0])));
    expect([...actions].sort()).toEqual(['logs', 'xray']);
    for (const name of roleOf.keys()) {
      const own = statementsOf(name).filter(({ resources }) => resources.includes('*'));
      const traces = name === 'monitor' ? [] : ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
      expect(own.flatMap(({ actions: a }) => a).sort()).toEqual(traces);
    }
  });
});

describe('a missing object', () => {
  const sourcesIn = (folder: string) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  const handlesAbsence = (source: string) => /\b(MissingObjectError|describeObject)\b/.test(source);
  /** Functions whose sources, in their own folder, tell a missing object from other failures. */
  const handling = ['steps', 'api'].flatMap((kind) =>
    readdirSync(join(ROOT, 'lambdas', kind)).filter(
      (name) => roleOf.has(name) && sourcesIn(join(ROOT, 'lambdas', kind, name)).some(handlesAbsence),
    ),
  );

  it('looks missing, not forbidden, to every function that handles its absence', () => {
    expect(handling).toEqual(expect.arrayContaining(['ingest', 'registry', 'pipeline', 'metrics']));
    for (const name of handling)
      expect([name, allows(statementsOf(name), 's3:ListBucket', bucket)]).toEqual([name, true]);
  });
});

describe('training', () => {
  it('cannot read a test row', () => {
    expect(allows(statementsOf('train'), 's3:GetObject', cleanPart('train'))).toBe(true);
    expect(allows(statementsOf('train'), 's3:GetObject', cleanPart('validation'))).toBe(true);
    expect(allows(statementsOf('train'), 's3:GetObject', cleanPart('test'))).toBe(false);
    expect(allows(statementsOf('train'), 's3:GetObject', `${bucket}/raw/batch_id=1/part.csv`)).toBe(false);
  });

  it('leaves fits that are tested on later rows of all patients to Evaluate, which reads every split and stores no fit', () => {
    for (const split of ['train', 'validation', 'test'])
      expect(allows(statementsOf('evaluate'), 's3:GetObject', cleanPart(split))).toBe(true);
    expect(allows(statementsOf('evaluate'), 's3:PutObject', cleanPart('train'))).toBe(false);
  });

  it('leaves the test rows to Clean, which writes them, and Evaluate, which measures on them', () => {
    const readers = [...roleOf.keys()].filter((name) => allows(statementsOf(name), 's3:GetObject', cleanPart('test')));
    expect(readers.sort()).toEqual(['clean', 'evaluate']);
  });

  it('reads uploaded files in Ingest only, and only the upload route writes them', () => {
    const key = `${bucket}/incoming/diabetic_data.csv`;
    const may = (action: string) => [...roleOf.keys()].filter((name) => allows(statementsOf(name), action, key));
    expect(may('s3:GetObject')).toEqual(['ingest']);
    expect(may('s3:PutObject')).toEqual(['pipeline']);
  });
});

describe('the registry', () => {
  const writers = (key: string) =>
    [...roleOf.keys()].filter((name) => allows(statementsOf(name), 'dynamodb:PutItem', registry, key)).sort();

  it('has its pointer moved by Promote and by operators alone', () => {
    expect(writers('ledger#diabetic_risk_model#Production')).toEqual(['promote', 'registry']);
  });

  it('gets its versions from Evaluate alone', () => {
    expect(writers('model#diabetic_risk_model')).toEqual(['evaluate']);
  });

  it('shows tokens to the authorizer alone', () => {
    const readers = [...roleOf.keys()].filter((name) =>
      allows(statementsOf(name), 'dynamodb:GetItem', registry, 'token#2c26b46b'),
    );
    expect(readers).toEqual(['authorizer']);
  });
});

describe('serving', () => {
  it('can write neither a model nor the ledger, nor anything else', () => {
    const actions = statementsOf('predict').flatMap((statement) => statement.actions);
    expect(
      actions.filter(
        (action) => !/:(Get|List|Query|PutTelemetryRecords|PutTraceSegments|CreateLogStream|PutLogEvents)/.test(action),
      ),
    ).toEqual([]);
  });

  it('starts executions from the pipeline function alone', () => {
    const starters = [...roleOf.keys()].filter((name) =>
      statementsOf(name).some(({ actions }) => actions.includes('states:StartExecution')),
    );
    expect(starters).toEqual(['pipeline']);
  });
});
