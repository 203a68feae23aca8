import { describe, expect, it } from 'vitest';
import { allows, statementsByRole } from './fixtures/policies.ts';
import { synthesize } from './fixtures/synthesized.ts';

const { template } = synthesize();
const own = (role: string) =>
  [...statementsByRole(template)].filter(([id]) => id.startsWith(role)).flatMap(([, all]) => all);
const tableOf = (name: string) => {
  const [id] = Object.keys(template.findResources('AWS::DynamoDB::GlobalTable')).filter((key) => key.includes(name));
  return `${id}.Arn`;
};
const METRICS = tableOf('StorageMetrics');
const REGISTRY = tableOf('StorageRegistry');

describe('outcomes', () => {
  const outcomes = own('ApiOutcomesRole');

  it('are written by their function, which can change no record, counter, model or ledger', () => {
    expect(allows(outcomes, 'dynamodb:PutItem', METRICS, 'outcomes#2026-11-01')).toBe(true);
    for (const key of ['records#2026-11-01#00', 'counters#00', 'encounter#0']) {
      expect([key, allows(outcomes, 'dynamodb:Query', METRICS, key)]).toEqual([key, true]);
      expect([key, allows(outcomes, 'dynamodb:PutItem', METRICS, key)]).toEqual([key, false]);
    }
    expect(allows(outcomes, 'dynamodb:DeleteItem', METRICS, 'outcomes#2026-11-01')).toBe(false);
    for (const key of ['ledger#m#Production', 'model#m', 'token#0']) {
      expect([key, allows(outcomes, 'dynamodb:PutItem', REGISTRY, key)]).toEqual([key, false]);
    }
  });

  it('have references hashed with a key that Predict may read and only Outcomes and Promote may draw', () => {
    const KEY = 'key#encounter_ref';
    const drawing = [...statementsByRole(template)].filter(([, all]) => allows(all, 'dynamodb:PutItem', REGISTRY, KEY));
    expect(drawing.map(([id]) => id.replace(/Role.*/, '')).sort()).toEqual(['ApiOutcomes', 'PipelinePromote']);
    expect(allows(own('ApiPredictRole'), 'dynamodb:GetItem', REGISTRY, KEY)).toBe(true);
    expect(allows(own('ApiPredictRole'), 'dynamodb:PutItem', REGISTRY, KEY)).toBe(false);
    expect(allows(own('ApiRegistryRole'), 'dynamodb:GetItem', REGISTRY, KEY)).toBe(false);
  });
});
