// The ledger as a transparency log: checkpoints that are signed and written once, and what they say of the ledger of now.
import type { LedgerEntry } from '../ledger/entry.ts';
import { TamperedLedgerError } from '../ledger/head.ts';
import { type Checkpoint, checkpointOf, checkpointText, openCheckpoint } from './checkpoint.ts';
import { type NoteKey, noteOf, rawEd25519 } from './note.ts';

/** Where checkpoints are signed and kept. */
export interface CheckpointStore {
  /** Name of the log and of its key. */
  readonly origin: string;
  /** Ed25519, SubjectPublicKeyInfo in DER. */
  publicKey(): Promise<Uint8Array>;
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** Writes the note for a ledger of this size unless one is there; gives what is there then. */
  saveFirst(size: number, note: string): Promise<string>;
  /** The note of the largest size, or null. */
  newest(): Promise<string | null>;
}

export async function noteKeyOf(store: CheckpointStore): Promise<NoteKey> {
  return { name: store.origin, publicKey: rawEd25519(await store.publicKey()) };
}

/**
 * Signs and keeps a checkpoint of these entries, and gives its note. The same entries give the same bytes.
 * @throws TamperedLedgerError when a ledger of the same size but with other entries has been signed before
 */
export async function publishCheckpoint(entries: readonly LedgerEntry[], store: CheckpointStore): Promise<string> {
  const key = await noteKeyOf(store);
  const text = checkpointText(checkpointOf(store.origin, entries));
  const note = noteOf(text, key, await store.sign(Buffer.from(text)));
  const kept = await store.saveFirst(entries.length, note);
  if (kept !== note) assertCovers(openCheckpoint(kept, key), entries);
  return kept;
}

/**
 * Checks the ledger against the newest checkpoint, and gives that; null before the first.
 * @throws TamperedLedgerError when entries that were signed are gone or others
 */
export async function assertUnchanged(entries: readonly LedgerEntry[], store: CheckpointStore): Promise<string | null> {
  const note = await store.newest();
  if (note === null) return null;
  assertCovers(openCheckpoint(note, await noteKeyOf(store)), entries);
  return note;
}

/** @throws TamperedLedgerError when the checkpoint is of entries that are not the first ones of these */
export function assertCovers({ origin, size, root }: Checkpoint, entries: readonly LedgerEntry[]): void {
  if (size > entries.length) {
    throw new TamperedLedgerError(`it has ${entries.length} entries, but ${size} were signed: entries were removed`);
  }
  const now = checkpointOf(origin, entries.slice(0, size));
  if (Buffer.compare(now.root, root) !== 0) {
    throw new TamperedLedgerError(`its first ${size} entries are not those that were signed: they were written anew`);
  }
}
