// Cuts a stream of bytes into lines without ever holding more than one chunk and one bounded line.

/** A longer line is cut to this many bytes. The longest real row has under 400. */
export const MAX_LINE_BYTES = 64 << 10;

const LF = 10;
const CR = 13;

export interface SourceLine {
  /** Number in the source, the first line is 1. */
  readonly line: number;
  /** Byte offset of the line, and of the line that follows it. */
  readonly offset: number;
  readonly nextOffset: number;
  /** Without the terminator (LF or CRLF); at most MAX_LINE_BYTES. May be a view of the chunk that it came in. */
  readonly bytes: Uint8Array;
  /** True length without the terminator; above `bytes.length` when the line was cut. */
  readonly length: number;
  readonly truncated: boolean;
}

/** Where a stream begins within its source. */
export interface SourcePosition {
  readonly line: number;
  readonly offset: number;
}

/** Lines of `chunks` in order; a last line needs no terminator. The cut does not depend on where chunks end. */
export async function* cutLines(
  chunks: AsyncIterable<Uint8Array>,
  start: SourcePosition = { line: 1, offset: 0 },
): AsyncGenerator<SourceLine> {
  const cutter = new LineCutter(start);
  for await (const chunk of chunks) yield* cutter.push(chunk);
  yield* cutter.end();
}

/** Lines of bytes that are already in memory. */
export function* cutLinesOf(bytes: Uint8Array, start: SourcePosition = { line: 1, offset: 0 }): Generator<SourceLine> {
  const cutter = new LineCutter(start);
  yield* cutter.push(bytes);
  yield* cutter.end();
}

class LineCutter {
  private line: number;
  private offset: number;
  /** The beginning of a line whose end is yet to come: its kept bytes, its true length, its last byte. */
  private kept: Uint8Array[] = [];
  private keptBytes = 0;
  private length = 0;
  private lastByte = -1;

  constructor(start: SourcePosition) {
    this.line = start.line;
    this.offset = start.offset;
  }

  *push(chunk: Uint8Array): Generator<SourceLine> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LF, from);
      if (end < 0) break;
      this.keep(chunk.subarray(from, end));
      yield this.finish(1);
      from = end + 1;
    }
    if (from < chunk.length) this.keep(chunk.subarray(from));
  }

  *end(): Generator<SourceLine> {
    if (this.length > 0) yield this.finish(0);
  }

  private keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.length += part.length;
    this.lastByte = part[part.length - 1] ?? -1;
    // One byte above the limit, for the carriage return of a line that just fits.
    const room = MAX_LINE_BYTES + 1 - this.keptBytes;
    if (room <= 0) return;
    const piece = part.subarray(0, room);
    this.kept.push(piece);
    this.keptBytes += piece.length;
  }

  private finish(terminator: number): SourceLine {
    const length = this.lastByte === CR ? this.length - 1 : this.length;
    const whole = this.kept.length === 1 ? this.kept[0] : Buffer.concat(this.kept);
    const nextOffset = this.offset + this.length + terminator;
    const line: SourceLine = {
      line: this.line,
      offset: this.offset,
      nextOffset,
      bytes: whole.subarray(0, Math.min(length, MAX_LINE_BYTES)),
      length,
      truncated: length > MAX_LINE_BYTES,
    };
    this.line += 1;
    this.offset = nextOffset;
    this.kept = [];
    this.keptBytes = 0;
    this.length = 0;
    this.lastByte = -1;
    return line;
  }
}
