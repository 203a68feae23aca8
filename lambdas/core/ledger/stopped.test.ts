import { describe, expect, it } from 'vitest';
import type { LedgerEntry, LedgerFacts } from './entry.ts';
import { holdAt, lastChange, rollbackTarget, servedAt } from './history.ts';
import { nextEntry } from './next.ts';
import { stoppedBy } from './stopped.ts';
import { verifyLedger } from './verify.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour)).toISOString();

/** A ledger of these actions, one an hour; `by` a person unless said otherwise. */
function ledger(...actions: readonly (Partial<LedgerFacts> & Pick<LedgerFacts, 'action'>)[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const [hour, action] of actions.entries()) {
    const facts = {
      ...{ model: 'm', alias: 'Production', version: 1, model_sha256: 'a'.repeat(64), actor: 'ana' },
      ...{ time: at(hour), reason: 'because', evidence: 'models/a/evaluation.json', ...action },
    };
    entries.push(nextEntry(entries.at(-1) ?? null, facts));
  }
  return entries;
}
const pipeline = { action: 'promote', actor: 'pipeline:x-1', kind: 'first' } as const;

describe('a hold', () => {
  const held = ledger(pipeline, { action: 'hold' });

  it('stops the pipeline until it is released, and changes nothing about who serves', () => {
    expect(stoppedBy(held, 1, at(0), at(5))).toMatchObject({
      outcome: 'held',
      reason: 'held by ana until it is released: because',
    });
    expect(stoppedBy(ledger(pipeline, { action: 'hold' }, { action: 'release' }), 1, at(0), at(5))).toBeNull();
    expect(lastChange(held)?.rev).toBe(1);
    expect(servedAt(held, at(5))?.rev).toBe(1);
    expect(verifyLedger(held)).toMatchObject({ valid: true, entries: 2 });
  });

  it('ends by itself at its time', () => {
    const until = ledger(pipeline, { action: 'hold', until: at(4) });
    expect(holdAt(until, at(3))?.rev).toBe(2);
    expect(holdAt(until, at(4))).toBeNull();
  });

  it('is nothing that a rollback goes back to or over', () => {
    const entries = ledger(
      pipeline,
      { action: 'hold', version: 1 },
      { ...pipeline, version: 2 },
      { action: 'hold', version: 2 },
    );
    expect(rollbackTarget(entries)?.rev).toBe(1);
  });
});

describe('a change of the champion while an execution runs', () => {
  it('by a person ends it, whichever version it names', () => {
    expect(stoppedBy(ledger(pipeline, { action: 'rollback' }), 1, at(1), at(5))).toMatchObject({
      outcome: 'champion_changed',
      reason: 'ana rolled back to version 1 while this ran (rev 2): because',
    });
    expect(stoppedBy(ledger(pipeline, { action: 'promote', version: 3 }), 2, at(1), at(5))?.outcome).toBe(
      'champion_changed',
    );
  });

  it('by a person before it began is the champion to be compared with', () => {
    expect(stoppedBy(ledger(pipeline, { action: 'promote' }), 2, at(3), at(5))).toBeNull();
  });

  it('by another execution is compared with again', () => {
    expect(stoppedBy(ledger(pipeline, pipeline), 1, at(0), at(5))?.outcome).toBe('compare_again');
    expect(stoppedBy(ledger(pipeline), 0, at(0), at(5))?.outcome).toBe('compare_again');
    expect(stoppedBy([], 0, at(0), at(5))).toBeNull();
  });
});

describe('an entry from before holds and kinds', () => {
  it('keeps its hash', () => {
    const [entry] = ledger({ action: 'promote' });
    expect(entry?.hash).toBe('ef5322dd2a6cda433ff9b5ff66f87a78e08273e89948e1110d1f70a2c326dc46');
  });
});
