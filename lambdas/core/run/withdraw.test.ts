import { describe, expect, it } from 'vitest';
import { foldClaims, takenSchema } from './claims.ts';
import { tellWithdrawn, withdraw } from './withdraw.ts';

const taken = (seq: number, batch_id: number, more: object = {}) =>
  takenSchema.parse({
    ...{ action: 'taken', seq, batch_id, source_sha256: 'a', source_key: 'incoming/a.csv', ordinal: 0 },
    ...{
      first_line: 2,
      rows: 10,
      bytes: 100,
      sha256: 'b',
      ids_sha256: '0'.repeat(64),
      manifest_sha256: '1'.repeat(64),
    },
    ...{ ids: { count: 10, min: 1, max: 10 }, held_by: [], replaces: null, position: batch_id, ...more },
  });
const facts = (batch_id: number) => ({
  batch_id,
  reason: 'wrong ward',
  actor: 'ana',
  time: '2026-01-01T00:00:00.000Z',
});

describe('withdrawing a batch', () => {
  const log = [taken(1, 1), taken(2, 2)];
  const answer = withdraw(foldClaims(log), facts(2));

  it('leaves it out from the next number of the log on, and says why to those who read of it', () => {
    expect(answer).toMatchObject({ ok: true, entry: { seq: 3, batch_id: 2 } });
    const after = foldClaims(answer.ok ? [...log, answer.entry] : log);
    expect(after.live.map(({ batch_id }) => batch_id)).toEqual([1]);
    expect(tellWithdrawn(after)).toBe('without withdrawn batch 2 (wrong ward)');
    expect(tellWithdrawn(foldClaims(log))).toBeNull();
  });

  it('is refused for a batch that never was, and for one that is gone, naming what stands in its place', () => {
    expect(withdraw(foldClaims(log), facts(9))).toMatchObject({ ok: false, why: 'unknown' });
    const replaced = foldClaims([...log, taken(3, 5, { replaces: 2, position: 2 })]);
    expect(withdraw(replaced, facts(2))).toMatchObject({ ok: false, why: 'gone' });
    expect(withdraw(replaced, facts(2))).toMatchObject({ message: expect.stringContaining('batch 5') });
  });
});
