import { beforeAll, describe, expect, inject, it } from 'vitest';
import { useStack } from '../../../localstack/e2e/in-process.ts';
import { runs } from '../../aws/tracking.ts';
import { handler } from './handler.ts';

const rejected = {
  execution: { name: 'rejected-1', started_at: '2026-01-01T00:00:00Z' },
  input: {
    outcome: 'reject',
    run_id: 'rejected-run',
    reason: 'not better than the champion',
    challenger: { name: 'random forest', version: 7, model_sha256: '0'.repeat(64) },
    champion_rev: 3,
    evidence: 'runs/rejected-run/gate-against-rev-3.json',
  },
};

describe('a challenger that the gate refused', () => {
  beforeAll(() => useStack(inject('main'), { endpoint: inject('endpoint'), credentials: inject('credentials') }, {}));

  it('ends the run with the reason, so that the same data is not trained on again', async () => {
    const reason = 'not better than the champion';
    expect(await handler(rejected)).toEqual({ outcome: 'rejected', run_id: 'rejected-run', reason });
    expect(await runs.outcome('rejected-run')).toMatchObject({ outcome: 'rejected', reason, version: 7 });
  });

  it('may be rejected again by a retry without changing what is recorded', async () => {
    const before = await runs.outcome('rejected-run');
    await handler({ ...rejected, execution: { ...rejected.execution, name: 'rejected-2' } });
    expect(await runs.outcome('rejected-run')).toEqual(before);
  });

  it('is also how a run ends that found no usable row', async () => {
    const input = { ...rejected.input, run_id: 'empty-run', challenger: null, reason: 'no usable train rows' };
    await handler({ ...rejected, input });
    expect(await runs.outcome('empty-run')).toMatchObject({ outcome: 'rejected', version: null });
  });
});
