import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../ledger/entry.ts';
import { nextEntry } from '../ledger/next.ts';
import { checkpointOf, checkpointText } from './checkpoint.ts';
import { leafText, ledgerLeaf } from './leaf.ts';
import { consistencyProof, type Hash, inclusionProof, rootOf } from './merkle.ts';
import { noteKeyText, noteOf, rawEd25519 } from './note.ts';

const hasGo = spawnSync('go', ['version']).status === 0;
const base64 = (hash: Hash) => Buffer.from(hash).toString('base64');

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = {
  name: 'readmit-test/m/Production',
  publicKey: rawEd25519(publicKey.export({ type: 'spki', format: 'der' })),
};

function ledger(length: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let n = 1; n <= length; n++) {
    entries.push(
      nextEntry(entries.at(-1) ?? null, {
        ...{ model: 'm', alias: 'Production', version: n, model_sha256: 'a'.repeat(64), action: 'promote' },
        ...{ actor: 'a', time: '2026-01-01T00:00:00.000Z', reason: `ñ <${n}>`, evidence: 'e' },
      }),
    );
  }
  return entries;
}

/** All that a client is given of the entry `rev` and of the earlier ledger of `from` entries. */
function claimOf(entries: readonly LedgerEntry[], rev: number, from: number) {
  const leaves = entries.map(ledgerLeaf);
  const text = checkpointText(checkpointOf(key.name, entries));
  const entry = entries[rev - 1];
  return {
    key: noteKeyText(key),
    note: noteOf(text, key, sign(null, Buffer.from(text), privateKey)),
    ...{ rev, from, leaf: entry === undefined ? '' : leafText(entry) },
    inclusion: inclusionProof(rev - 1, leaves).map(base64),
    fromRoot: base64(rootOf(leaves.slice(0, from))),
    consistency: consistencyProof(from, leaves).map(base64),
  };
}

describe.skipIf(!hasGo)("Go's checksum database (golang.org/x/mod/sumdb)", () => {
  const folder = mkdtempSync(join(tmpdir(), 'readmit-tlog-'));
  const program = join(folder, 'tlog');
  beforeAll(() => {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: join(import.meta.dirname, 'fixtures', 'go-tlog') });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  const check = (claim: ReturnType<typeof claimOf>) => spawnSync(program, { input: JSON.stringify(claim) });

  it('accepts our checkpoints, inclusion and consistency proofs at every place of trees of many sizes', () => {
    for (const size of [1, 2, 3, 7, 8, 21]) {
      const entries = ledger(size);
      for (let n = 1; n <= size; n++) {
        const { stdout, stderr } = check(claimOf(entries, n, size + 1 - n));
        expect(`${stdout}${stderr}`, `${n} of ${size}`).toBe('holds\n');
      }
    }
  });

  it('refuses a changed entry, a changed history and a changed checkpoint', () => {
    const good = claimOf(ledger(7), 3, 4);
    expect(check({ ...good, leaf: good.leaf.replace('<3>', '<4>') }).status).toBe(1);
    expect(check({ ...good, fromRoot: claimOf(ledger(6), 3, 3).fromRoot }).status).toBe(1);
    expect(check({ ...good, note: good.note.replace('\n7\n', '\n8\n') }).status).toBe(1);
  });
});
