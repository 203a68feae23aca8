import { describe, expect, it } from 'vitest';
import type { Trained } from '../../core/run/trained.ts';
import { CandidatesFailedError, failedCandidates } from './failed-candidates.ts';

const planned = [
  { algorithm: 'gradient_boosting', name: 'gradient boosting' },
  { algorithm: 'random_forest', name: 'random forest' },
  { algorithm: 'gradient_boosting', name: 'search 1' },
];
const ok = (index: number): Trained => ({
  ...{ outcome: 'trained', index, model_sha256: 'a', validation_log_loss: 0.34, cv_log_loss: null },
  ...{ rows_sha256: 'b', record_sha256: 'c' },
});
const killed = (index: number): Trained => ({
  ...{ outcome: 'failed', index, error: { Error: 'Lambda.Unknown', Cause: '{"errorMessage":"signal: killed"}' } },
});

describe('a candidate whose fit failed', () => {
  it('is reported by name and cause, and the rest goes on', () => {
    expect(failedCandidates([ok(0), killed(1), ok(2)], planned, 'gradient_boosting')).toEqual([
      { index: 1, name: 'random forest', error: 'Lambda.Unknown: signal: killed' },
    ]);
    expect(failedCandidates([killed(0), ok(1), ok(2)], planned, 'gradient_boosting')).toHaveLength(1);
    expect(failedCandidates([ok(0), ok(1), ok(2)], planned, null)).toEqual([]);
  });

  it.each([
    ['none is left', [killed(0), killed(1), killed(2)], null],
    ['all of the kind in service failed', [killed(0), ok(1), killed(2)], 'gradient_boosting'],
    ['the first kind of the plan failed and nothing serves yet', [killed(0), ok(1), killed(2)], null],
    ['the kind in service is another than the first', [ok(0), killed(1), ok(2)], 'random_forest'],
  ])('fails the run when %s', (_, results, champion) => {
    expect(() => failedCandidates(results, planned, champion)).toThrow(CandidatesFailedError);
    expect(() => failedCandidates(results, planned, champion)).toThrow('Lambda.Unknown: signal: killed');
  });
});
