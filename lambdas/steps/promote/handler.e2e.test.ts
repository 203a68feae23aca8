import { beforeAll, describe, expect, inject, it } from 'vitest';
import { useStack } from '../../../localstack/e2e/in-process.ts';
import { ledgerEntries } from '../../aws/registry.ts';
import { verifyLedger } from '../../core/ledger/verify.ts';
import { handler } from './handler.ts';

const sha256 = (n: number) => n.toString(16).padStart(64, '0');

/** A decision of a run of its own, measured against the ledger's rev `championRev`. */
const decisionOf = (run: number, championRev: number) => ({
  execution: { name: `race-${run}`, started_at: '2026-01-01T00:00:00Z' },
  input: {
    outcome: 'promote',
    run_id: `race-${run}`,
    reason: 'better than the champion',
    challenger: { name: 'gradient boosting', version: run, model_sha256: sha256(run) },
    champion_rev: championRev,
    evidence: `runs/race-${run}/gate-against-rev-${championRev}.json`,
  },
});

// An alias of its own, so that the ledger of the deployed stack stays as it is.
describe('moving the pointer', () => {
  beforeAll(() => {
    const cloud = { endpoint: inject('endpoint'), credentials: inject('credentials') };
    useStack(inject('main'), cloud, { MODEL_ALIAS: 'PromoteTest' });
  });

  it('a step that is retried after its promotion went through promotes once', async () => {
    const first = await handler(decisionOf(1, 0));
    expect(first).toMatchObject({ outcome: 'promoted', version: 1, rev: 1 });
    expect(await handler(decisionOf(1, 0))).toEqual(first);
    expect(await ledgerEntries()).toHaveLength(1);
  });

  it('a challenger that was measured against a former champion goes back to Evaluate', async () => {
    expect(await handler(decisionOf(2, 0))).toEqual({ outcome: 'compare_again', run_id: 'race-2' });
    expect(await ledgerEntries()).toHaveLength(1);
  });

  it('of twenty that race for the same champion one wins, and the ledger stays one chain', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => handler(decisionOf(10 + i, 1))));
    expect(answers.filter(({ outcome }) => outcome === 'promoted')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'compare_again')).toHaveLength(19);
    expect(verifyLedger(await ledgerEntries())).toMatchObject({ valid: true, entries: 2 });
  });

  it('a decision without a challenger is refused by name', async () => {
    const { execution, input } = decisionOf(40, 2);
    await expect(handler({ execution, input: { ...input, challenger: null } })).rejects.toThrow(
      'NothingToPromoteError',
    );
  });
});
