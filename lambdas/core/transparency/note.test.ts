import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nextEntry } from '../ledger/next.ts';
import { checkpointOf, checkpointText, openCheckpoint } from './checkpoint.ts';
import { noteKeyText, noteOf, openNote, parseNoteKey, rawEd25519 } from './note.ts';

// The example of Go's golang.org/x/mod/sumdb/note, package documentation.
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

describe('a signed note', () => {
  it('of the Go implementation opens with its key, which is read and written alike', () => {
    const key = parseNoteKey(GO_KEY);
    expect(noteKeyText(key)).toBe(GO_KEY);
    expect(openNote(GO_NOTE, key)).toMatch(/^If you think/);
  });

  it.each([
    ['a changed text', GO_NOTE.replace('answer', 'question')],
    ['a changed signature', GO_NOTE.replace('ZJkuBS', 'ZJkuBT')],
    ['no signature', GO_NOTE.split('\n\n')[0] ?? ''],
    ['another signer', GO_NOTE.replace('\u2014 Peter', '\u2014 Paul')],
  ])('with %s is refused', (_, note) => {
    expect(() => openNote(note, parseNoteKey(GO_KEY))).toThrow(/note|signature|signed/);
  });

  it('does not take a key whose id was changed', () => {
    expect(() => parseNoteKey(GO_KEY.replace('c74f', 'c74e'))).toThrow('id of the key');
  });
});

describe('a checkpoint', () => {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = rawEd25519(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const key = { name: 'readmit-test/m/Production', publicKey };
  const facts = { model: 'm', alias: 'Production', version: 1, model_sha256: 'a'.repeat(64) };
  const entry = nextEntry(null, {
    ...facts,
    ...{ action: 'promote', actor: 'a', time: '2026-01-01T00:00:00.000Z', reason: 'r', evidence: 'e' },
  });
  const text = checkpointText(checkpointOf(key.name, [entry]));
  const note = noteOf(text, key, sign(null, Buffer.from(text), pair.privateKey));

  it('comes back as it was signed', () => {
    expect(openCheckpoint(note, key)).toEqual(checkpointOf(key.name, [entry]));
  });

  it('of another log is refused, and so is one whose size was changed', () => {
    expect(() => openCheckpoint(note, { ...key, name: 'readmit-other' })).toThrow('not signed by readmit-other');
    expect(() => openCheckpoint(note.replace('\n1\n', '\n2\n'), key)).toThrow('was changed');
  });
});
