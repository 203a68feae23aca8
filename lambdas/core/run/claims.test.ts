import { describe, expect, it } from 'vitest';
import { type ClaimEntry, foldClaims, takenSchema } from './claims.ts';

const taken = (seq: number, batch_id: number, more: object = {}): ClaimEntry =>
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
const withdrawn = (seq: number, batch_id: number): ClaimEntry => ({
  ...{ action: 'withdrawn', seq, batch_id, reason: 'wrong ward', actor: 'ana', time: '2026-01-01T00:00:00.000Z' },
});
const idsOf = (batches: readonly { readonly batch_id: number }[]) => batches.map(({ batch_id }) => batch_id);

describe('the log of claims', () => {
  it('counts a batch once it is in, and leaves it out once it is withdrawn', () => {
    const claims = foldClaims([taken(1, 1), taken(2, 4), withdrawn(3, 1)]);
    expect(idsOf(claims.live)).toEqual([4]);
    expect(claims.withdrawn).toMatchObject([{ batch: { batch_id: 1 }, withdrawal: { reason: 'wrong ward' } }]);
    expect(claims.last).toBe(3);
  });

  it('lets those take over that lost rows to the withdrawn batch, and nobody else', () => {
    const log = [taken(1, 1), taken(2, 2, { held_by: [1] }), taken(3, 3, { held_by: [2] }), withdrawn(4, 1)];
    expect(idsOf(foldClaims(log).orphaned)).toEqual([2]);
    const after = foldClaims([...log, taken(5, 4, { replaces: 2, position: 2 })]);
    expect(after.orphaned).toEqual([]);
    expect(idsOf(after.live)).toEqual([4, 3]);
  });

  it('puts a batch that is given again where it was, and takes nothing over then', () => {
    const log = [taken(1, 1), taken(2, 2, { held_by: [1] }), withdrawn(3, 1)];
    const claims = foldClaims([...log, taken(4, 3, { replaces: 1, position: 1 })]);
    expect(idsOf(claims.live)).toEqual([3, 2]);
    expect(claims.withdrawn).toEqual([]);
    expect(claims.orphaned).toEqual([]);
  });
});
