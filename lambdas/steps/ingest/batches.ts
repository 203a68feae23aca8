// Cuts a stream of lines into batches: at most `rows` lines and about 32 MB each, so that memory stays bounded.
import type { SourceLine } from '../../core/encounter/lines.ts';

const MAX_BATCH_BYTES = 32 << 20;
const NEWLINE = Uint8Array.of(10);

/** Consecutive lines of a source, without their terminators. */
export interface LineBatch {
  readonly lines: readonly SourceLine[];
  /** Whether the source ends with this batch. */
  readonly last: boolean;
}

/** @param lines the rows of a source in order, without its header */
export async function* cutBatches(lines: AsyncIterable<SourceLine>, rows: number): AsyncGenerator<LineBatch> {
  let ready: SourceLine[] = [];
  let bytes = 0;
  let full: SourceLine[] | null = null;
  for await (const line of lines) {
    // A full batch leaves only when a line follows it: then it is known not to be the last.
    if (full !== null) yield { lines: full, last: false };
    full = null;
    ready.push(line);
    bytes += line.bytes.length;
    if (ready.length < rows && bytes < MAX_BATCH_BYTES) continue;
    full = ready;
    ready = [];
    bytes = 0;
  }
  const rest = full ?? ready;
  if (rest.length > 0) yield { lines: rest, last: true };
}

/** The raw part that is stored: the header and the lines, each ended by LF, otherwise byte for byte. */
export function toRawPart(header: Uint8Array, lines: readonly SourceLine[]): Uint8Array {
  return Buffer.concat([header, NEWLINE, ...lines.flatMap((line) => [line.bytes, NEWLINE])]);
}
