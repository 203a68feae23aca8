import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from './entry.ts';
import { TamperedLedgerError, verifiedHead } from './head.ts';
import { nextEntry } from './next.ts';

function ledger(...reasons: readonly string[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const reason of reasons) {
    entries.push(
      nextEntry(entries.at(-1) ?? null, {
        ...{ model: 'm', alias: 'Production', version: 1, model_sha256: 'a'.repeat(64), action: 'promote' },
        ...{ actor: 'a', time: '2026-01-01T00:00:00.000Z', reason, evidence: 'e' },
      }),
    );
  }
  return entries;
}
const markOf = (entry: LedgerEntry | undefined) => (entry === undefined ? null : { rev: entry.rev, hash: entry.hash });

describe("the ledger's last entry", () => {
  const [first, second] = ledger('one', 'two');
  const [, other] = ledger('one', 'another two');

  it('is the pointer when the mark agrees, and while there is none', () => {
    expect(verifiedHead({ mark: markOf(second), entry: second })).toEqual(second);
    expect(verifiedHead({ mark: null, entry: null })).toBeNull();
  });

  it('may be newer than the mark, which was read a moment before it', () => {
    expect(verifiedHead({ mark: markOf(first), entry: second })).toEqual(second);
  });

  it.each([
    ['was deleted', { mark: markOf(second), entry: first }, 'ends at rev 1, but rev 2 was written'],
    ['was deleted with all before it', { mark: markOf(second), entry: null }, 'up to rev 2 were removed'],
    [
      'was written anew with a hash that fits',
      { mark: markOf(second), entry: other },
      'not the entry that was written',
    ],
    ['was changed', { mark: markOf(second), entry: { ...second, version: 9 } }, 'rev 2 was changed by hand'],
    ['is no entry at all', { mark: markOf(second), entry: { rev: 2 } }, 'damaged at model'],
  ])('is not believed when it %s', (_, stored, why) => {
    expect(() => verifiedHead(stored)).toThrow(TamperedLedgerError);
    expect(() => verifiedHead(stored)).toThrow(why);
  });
});
