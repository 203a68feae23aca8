import { describe, expect, it } from 'vitest';
import { assertSameDataset, servesOnly } from './choice.ts';
import { LocalFailure } from './failure.ts';
import { parseOptions } from './options.ts';

const held = { dataset: 'diabetes-130', champion: 3 };
const serves = (args: readonly string[], fallback?: string, state = held) =>
  servesOnly(parseOptions(args), fallback, state);

describe('a start without any wish', () => {
  it('serves the promoted model and trains nothing', () => {
    expect(serves([])).toBe(true);
    expect(serves(['--port', '8001', '--dataset', 'other'])).toBe(true);
  });

  it('trains while nothing is promoted, and whenever data or a search is asked for', () => {
    expect(servesOnly(parseOptions([]), undefined, { dataset: null, champion: null })).toBe(false);
    for (const args of [['--data', 'a.csv'], ['--rows', '500'], ['--search', '3'], ['--batch-by-batch']])
      expect(serves(args), args.join(' ')).toBe(false);
    expect(serves([], 'from-the-environment.csv')).toBe(false);
  });
});

describe('rows of two datasets', () => {
  it('never meet: the sentence names both and the two ways out', () => {
    expect(() => assertSameDataset('generated-sample', held)).toThrow(LocalFailure);
    expect(() => assertSameDataset('generated-sample', held)).toThrow(/diabetes-130.*generated-sample/);
    expect(() => assertSameDataset('diabetes-130', held)).not.toThrow();
    expect(() => assertSameDataset('generated-sample', { dataset: null, champion: null })).not.toThrow();
  });

  it('have a state of their own under a name that can be a folder', () => {
    expect(parseOptions(['--dataset', 'hospital-b']).dataset).toBe('hospital-b');
    expect(() => parseOptions(['--dataset', '../x'])).toThrow(LocalFailure);
    expect(() => parseOptions(['--dataset', 'b', '--endpoint', 'http://127.0.0.1:1'])).toThrow(LocalFailure);
  });
});
