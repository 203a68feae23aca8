import { describe, expect, it } from 'vitest';
import { type ChainRequest, executionInput, executionName } from './request.ts';

const request: ChainRequest = { source: 'incoming/a.csv', sha256: 'ab', deployed: 'cd' };

describe('the name of an execution', () => {
  it('is the same for the same request and fits Step Functions', () => {
    expect(executionName(request, 1)).toBe(executionName({ ...request }, 1));
    expect(executionName(request, 1000)).toMatch(/^[0-9a-f-]{1,80}$/);
  });

  it('differs by file, code, batch position, candidates and attempt', () => {
    const names = [
      executionName(request, 1),
      executionName(request, 2),
      executionName({ ...request, sha256: 'ac' }, 1),
      executionName({ ...request, deployed: 'ce' }, 1),
      executionName({ ...request, next: { batches: 1, after: 0 } }, 1),
      executionName({ ...request, next: { batches: 1, after: 1 } }, 1),
      executionName({ ...request, since: { withdrawal: 8, upload: null } }, 1),
      executionName({ ...request, since: { withdrawal: 8, upload: 'v2' } }, 1),
      executionName({ ...request, candidates: [{ algorithm: 'constant' }] }, 1),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the input of an execution', () => {
  it('names source and attempt, and the limit and candidates only when asked for', () => {
    expect(JSON.parse(executionInput(request, 3))).toEqual({ source: 'incoming/a.csv', attempt: 3 });
    const more = { ...request, next: { batches: 1, after: 4 }, candidates: [{ algorithm: 'constant' as const }] };
    expect(JSON.parse(executionInput(more, 1))).toMatchObject({
      batchLimit: 1,
      candidates: [{ algorithm: 'constant' }],
    });
  });
});
