// Which encoding a text is in, and any of them to UTF-8, chunk by chunk.
import type { Encoding } from './reading.ts';

/** How much of a file is looked at. */
export const HEAD_BYTES = 256 << 10;

/** @param head the first bytes of the text, after decompression */
export function detectEncoding(head: Uint8Array): Encoding {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return wideEncoding(head) ?? (isWrittenInLatin1(head) ? 'windows-1252' : 'utf-8');
}

/** Without a byte order mark UTF-16 shows by its zeros: a header is ASCII. */
function wideEncoding(head: Uint8Array): Encoding | null {
  const looked = head.subarray(0, 1024);
  const zeros = [0, 0];
  for (const [i, byte] of looked.entries()) if (byte === 0) zeros[i & 1]++;
  const many = looked.length / 4;
  if (zeros[1] > many && zeros[0] === 0) return 'utf-16le';
  return zeros[0] > many && zeros[1] === 0 ? 'utf-16be' : null;
}

/**
 * Bytes above 127 that are no UTF-8, most of them within words as accented letters are. A damaged line or two in a file
 * of UTF-8 do not make it Latin-1.
 */
function isWrittenInLatin1(head: Uint8Array): boolean {
  let [letters, others] = [0, 0];
  for (let i = 0; i < head.length; i++) {
    if (head[i] < 0x80) continue;
    const length = sequenceLength(head, i);
    if (length > 0) return false;
    if (isLetter(head, i)) letters++;
    else others++;
  }
  return letters > others;
}

/** Bytes of the UTF-8 sequence that starts at `i`; 0 when none does. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i];
  const length =
    lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  for (let j = 1; j < length; j++) if ((bytes[i + j] & 0xc0) !== 0x80) return 0;
  return length;
}

/** A small accented letter beside a letter, or a capital one between two. */
function isLetter(bytes: Uint8Array, i: number): boolean {
  const beside = Number(isAsciiLetter(bytes[i - 1])) + Number(isAsciiLetter(bytes[i + 1]));
  if (bytes[i] >= 0xe0 && bytes[i] <= 0xfc) return beside > 0;
  return bytes[i] >= 0xc0 && bytes[i] < 0xe0 && beside === 2;
}

const isAsciiLetter = (byte = 0) => (byte | 0x20) >= 97 && (byte | 0x20) <= 122;

/** The text as UTF-8; chunks of UTF-8 pass as they are. */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* chunks;
    return;
  }
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}
