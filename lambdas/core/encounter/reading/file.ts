// A file of encounters, whatever form it has, as numbered lines of UTF-8. It is looked at once, and read by what was found.
import type { Dataset } from '../../dataset/dataset.ts';
import { cutLines, type SourceLine, type SourcePosition } from '../lines.ts';
import { codingOf } from './coding.ts';
import { decompress, detectCompression } from './decompress.ts';
import { detectEncoding, HEAD_BYTES, toUtf8 } from './encoding.ts';
import { UnreadableFileError } from './errors.ts';
import { readHeader } from './header.ts';
import type { Reading } from './reading.ts';

/** The bytes of a file from an offset on. */
export type OpenFile = (offset: number) => AsyncIterable<Uint8Array>;

export interface DescribedFile {
  readonly reading: Reading;
  /** The header line as UTF-8, without its terminator. */
  readonly header: Uint8Array;
  /** Where the first row begins. */
  readonly rows: SourcePosition;
}

/**
 * Finds out how a file is written from its first 256 KiB: compression, encoding, separator, columns, coding.
 * @returns null for a file without a line
 * @throws UnreadableFileError, HeaderMismatchError
 */
export async function describeFile(open: OpenFile, dataset: Dataset): Promise<DescribedFile | null> {
  const compression = detectCompression(await headOf(open(0), 8));
  const head = await headOf(decompress(open(0), compression), HEAD_BYTES);
  const encoding = detectEncoding(head);
  const lines = await Array.fromAsync(cutLines(toUtf8(once(head), encoding)));
  if (lines.length === 0) return null;
  const texts = lines.map(({ bytes }) => new TextDecoder().decode(bytes));
  if (texts[0]?.includes('\0')) throw new UnreadableFileError('line 1 is no text: export the table as CSV');
  const found = readHeader(texts.slice(0, 3), dataset);
  const header = lines[found.header_line - 1];
  const coding = codingOf(texts.slice(found.header_line), found, dataset);
  return {
    reading: { compression, encoding, ...found, coding },
    header: header.bytes,
    rows: { line: header.line + 1, offset: header.nextOffset },
  };
}

/** Offsets into a file that is neither compressed nor in another encoding are those of its lines. */
export const isPlain = ({ compression, encoding }: Reading) => compression === 'none' && encoding === 'utf-8';

/** Lines of the file from `start` on; what is not plain is read from its beginning. Numbers are those of the file. */
export async function* linesOfFile(
  open: OpenFile,
  reading: Reading,
  start: SourcePosition,
): AsyncGenerator<SourceLine> {
  if (isPlain(reading)) {
    yield* cutLines(open(start.offset), start);
    return;
  }
  for await (const line of cutLines(toUtf8(decompress(open(0), reading.compression), reading.encoding))) {
    if (line.line >= start.line) yield line;
  }
}

/** The first bytes of a stream, at least `size` if it has so many. */
async function headOf(chunks: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= size) break;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    head.set(part, at);
    at += part.length;
  }
  return head;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
