import { expect, test } from 'vitest';
import definition from '../../../statemachines/training-pipeline.asl.json' with { type: 'json' };
import { itemsOf, MACHINE } from './machine.ts';

test('every state of the definition is drawn once, none on top of another', () => {
  expect(MACHINE.nodes.map(({ name }) => name).sort()).toEqual(Object.keys(definition.States).sort());
  expect(new Set(MACHINE.nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(MACHINE.nodes.length);
});

test('every edge leads from a drawn state to a drawn state, and failures are told apart', () => {
  const names = new Set(MACHINE.nodes.map(({ name }) => name));
  for (const { from, to } of MACHINE.edges) expect([names.has(from), names.has(to)]).toEqual([true, true]);
  expect(MACHINE.edges).toContainEqual({ from: 'Ingest', to: 'RecordFailure', caught: true });
  expect(MACHINE.edges).toContainEqual({ from: 'Gate', to: 'Promote', caught: false });
});

test('the items of a Map are found by its own ItemsPath', () => {
  expect(itemsOf('CleanBatches', { batches: [{ batch_id: 1 }] })).toEqual([{ batch_id: 1 }]);
  expect(itemsOf('CleanBatches', null)).toBeNull();
  expect(itemsOf('Evaluate', { batches: [] })).toBeNull();
});
