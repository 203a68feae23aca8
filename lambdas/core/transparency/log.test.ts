import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../ledger/entry.ts';
import { nextEntry } from '../ledger/next.ts';
import { assertUnchanged, type CheckpointStore, publishCheckpoint } from './log.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

function emptyStore(): CheckpointStore {
  const notes = new Map<number, string>();
  return {
    origin: 'readmit-test/m/Production',
    publicKey: async () => publicKey.export({ type: 'spki', format: 'der' }),
    sign: async (message) => sign(null, message, privateKey),
    saveFirst: async (size, note) => {
      if (!notes.has(size)) notes.set(size, note);
      return notes.get(size) ?? note;
    },
    newest: async () => notes.get(Math.max(...notes.keys())) ?? null,
  };
}

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

describe('checkpoints of a ledger', () => {
  it('hold while it grows, and are the same when they are written twice', async () => {
    const store = emptyStore();
    expect(await assertUnchanged([], store)).toBeNull();
    const note = await publishCheckpoint(ledger('one', 'two'), store);
    expect(await publishCheckpoint(ledger('one', 'two'), store)).toBe(note);
    expect(await assertUnchanged(ledger('one', 'two', 'three'), store)).toBe(note);
  });

  it('show that the tail was removed, marks and all', async () => {
    const store = emptyStore();
    await publishCheckpoint(ledger('one', 'two'), store);
    await expect(assertUnchanged(ledger('one'), store)).rejects.toThrow('2 were signed: entries were removed');
  });

  it('show a whole history that was written anew, with hashes that fit', async () => {
    const store = emptyStore();
    await publishCheckpoint(ledger('one', 'two'), store);
    await expect(assertUnchanged(ledger('1', 'two', 'three'), store)).rejects.toThrow('written anew');
    await expect(publishCheckpoint(ledger('1', 'two'), store)).rejects.toThrow('written anew');
  });
});
