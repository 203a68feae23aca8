// C2SP signed notes with Ed25519 (c2sp.org/signed-note): a text and who signed it, as Go's sumdb/note reads them.
import { createHash, createPublicKey, verify } from 'node:crypto';

/** Ed25519 of RFC 8032 in the notes' list of signature types. */
const ED25519 = 1;
const DASH = '\u2014';

export interface NoteKey {
  /** Who signs, without spaces and plus signs; for a checkpoint the log's origin. */
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** The key in the form that verifiers are given: `name+keyid+base64`. */
export function noteKeyText(key: NoteKey): string {
  const typed = Buffer.concat([Uint8Array.of(ED25519), key.publicKey]);
  return `${key.name}+${keyId(key).toString('hex')}+${typed.toString('base64')}`;
}

/** @throws NoteError when the text is no Ed25519 key of a note */
export function parseNoteKey(text: string): NoteKey {
  const [, name = '', id = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const typed = Buffer.from(encoded, 'base64');
  const key = { name, publicKey: typed.subarray(1) };
  if (typed.length !== 33 || typed[0] !== ED25519)
    throw new NoteError('the key is not name+id+base64 of an Ed25519 key');
  if (keyId(key).toString('hex') !== id) throw new NoteError('the id of the key does not belong to it');
  return key;
}

/**
 * The note: the text, an empty line, the signature.
 * @param text lines, each ended by a line feed; what was signed are its UTF-8 bytes
 */
export function noteOf(text: string, key: NoteKey, signature: Uint8Array): string {
  const signed = Buffer.concat([keyId(key), signature]).toString('base64');
  return `${text}\n${DASH} ${key.name} ${signed}\n`;
}

/**
 * The text of a note that the key has signed; signatures of others are passed over.
 * @throws NoteError when the note is malformed or carries no valid signature of the key
 */
export function openNote(note: string, key: NoteKey): string {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new NoteError('the note has no signatures');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  for (const line of lines) {
    const [, name, encoded = ''] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    if (name === undefined) throw new NoteError('a line of the signatures is none');
    const bytes = Buffer.from(encoded, 'base64');
    if (name !== key.name || Buffer.compare(bytes.subarray(0, 4), keyId(key)) !== 0) continue;
    if (verify(null, Buffer.from(text), ed25519Key(key.publicKey), bytes.subarray(4))) return text;
    throw new NoteError(`the signature of ${key.name} does not fit the text: one of them was changed`);
  }
  throw new NoteError(`the note is not signed by ${key.name} with the given key`);
}

/** First 4 bytes of SHA-256(name || 0x0A || type || public key). */
function keyId({ name, publicKey }: NoteKey): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ED25519))
    .update(publicKey)
    .digest()
    .subarray(0, 4);
}

/** SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes (RFC 8410). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The 32 bytes of a public key in DER. @throws NoteError when it is another kind of key */
export function rawEd25519(spki: Uint8Array): Uint8Array {
  const bytes = Buffer.from(spki);
  if (bytes.length === 44 && bytes.subarray(0, 12).equals(ED25519_SPKI)) return bytes.subarray(12);
  throw new NoteError('the key of the checkpoints is not an Ed25519 key');
}

function ed25519Key(raw: Uint8Array) {
  return createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' });
}

export class NoteError extends Error {
  override readonly name = 'NoteError';
}
