// Whether the ledger that the service shows is the one whose checkpoint was signed, grown by nothing but new entries.
import { type LedgerEntry, ledgerEntrySchema } from '../../lambdas/core/ledger/entry.ts';
import { verifyLedger } from '../../lambdas/core/ledger/verify.ts';
import { openCheckpoint } from '../../lambdas/core/transparency/checkpoint.ts';
import { ledgerLeaf } from '../../lambdas/core/transparency/leaf.ts';
import { assertCovers } from '../../lambdas/core/transparency/log.ts';
import { rootOf, verifyConsistency, verifyInclusion } from '../../lambdas/core/transparency/merkle.ts';
import { parseNoteKey } from '../../lambdas/core/transparency/note.ts';
import { LocalFailure } from '../failure.ts';
import type { Api } from './api.ts';

const bytes = (base64: string) => Buffer.from(base64, 'base64');
const REMEDY = 'Keep the checkpoint and the answer of GET /ledger: together they prove it.';

/** All entries. @throws an error that names what does not hold */
export async function verifyHistory(api: Api, note: string, key: string): Promise<LedgerEntry[]> {
  const checkpoint = openCheckpoint(note, parseNoteKey(key));
  console.log(`  checkpoint ${checkpoint.origin}, ${checkpoint.size} entries: the signature holds`);
  const stored = await api.entries();
  const check = verifyLedger(stored);
  if (!check.valid) throw new LocalFailure(`The ledger is not one chain: ${check.text}.`, REMEDY);
  const entries = stored.map((entry) => ledgerEntrySchema.parse(entry));
  assertCovers(checkpoint, entries);
  console.log(
    `  ledger    ${entries.length} entries, one chain; its first ${checkpoint.size} are those that were signed`,
  );

  const to = { size: entries.length, root: rootOf(entries.map(ledgerLeaf)) };
  const grown = await api.consistency(checkpoint.size, to.size);
  const holds = verifyConsistency({ from: checkpoint, to, proof: grown.hashes.map(bytes) });
  if (!holds) throw new LocalFailure('The proof of consistency does not hold.', REMEDY);
  const last = entries[checkpoint.size - 1];
  if (last === undefined) throw new LocalFailure('The checkpoint is of an empty ledger.', 'Take a newer one.');
  const { hashes } = await api.inclusion(last.rev, checkpoint.size);
  const claim = { leaf: ledgerLeaf(last), index: last.rev - 1, size: checkpoint.size, root: checkpoint.root };
  if (!verifyInclusion({ ...claim, proof: hashes.map(bytes) })) {
    throw new LocalFailure('The proof of inclusion does not hold.', REMEDY);
  }
  console.log('  proofs    consistency and inclusion hold');
  return entries;
}
