// The lines of a raw part as the source had them: their numbers there, and the true length of one that was cut.
import { cutLinesOf, type SourceLine } from '../encounter/lines.ts';
import type { RawManifest } from './manifest.ts';

/** @param part the header line, then the rows of the batch */
export function* linesOfPart(
  part: Uint8Array,
  { first_line, cut_lines }: Pick<RawManifest, 'first_line' | 'cut_lines'>,
): Generator<SourceLine> {
  const lengthOf = new Map(cut_lines.map(({ line, bytes }) => [line, bytes]));
  for (const line of cutLinesOf(part, { line: first_line - 1, offset: 0 })) {
    if (line.line < first_line) continue; // the header
    const length = lengthOf.get(line.line);
    yield length === undefined ? line : { ...line, length, truncated: true };
  }
}
