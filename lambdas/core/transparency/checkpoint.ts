// A checkpoint of the ledger (c2sp.org/tlog-checkpoint): which log, how many entries, and the root of their tree.
import type { LedgerEntry } from '../ledger/entry.ts';
import { ledgerLeaf } from './leaf.ts';
import { type Hash, rootOf } from './merkle.ts';
import { NoteError, type NoteKey, openNote } from './note.ts';

export interface Checkpoint {
  /** Name of the log, unique to the deployment, model and alias. */
  readonly origin: string;
  /** Number of entries: the rev of the last one. */
  readonly size: number;
  readonly root: Hash;
}

export function checkpointOf(origin: string, entries: readonly LedgerEntry[]): Checkpoint {
  return { origin, size: entries.length, root: rootOf(entries.map(ledgerLeaf)) };
}

/** The text that is signed: origin, size, root in base64, a line each. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/**
 * Reads a signed checkpoint.
 * @throws NoteError when the signature does not hold, or the text is no checkpoint of the key's log
 */
export function openCheckpoint(note: string, key: NoteKey): Checkpoint {
  const [origin = '', size = '', root = ''] = openNote(note, key).split('\n');
  if (origin !== key.name) throw new NoteError(`the checkpoint is of ${origin}, the key of ${key.name}`);
  const hash = Buffer.from(root, 'base64');
  if (!/^(0|[1-9]\d{0,14})$/.test(size) || hash.length !== 32) throw new NoteError('the signed text is no checkpoint');
  return { origin, size: Number(size), root: hash };
}
