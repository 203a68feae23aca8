import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLines, cutLinesOf, MAX_LINE_BYTES, type SourceLine } from './lines.ts';

const textOf = (line: SourceLine) => Buffer.from(line.bytes).toString('latin1');
const cut = (text: string) => [...cutLinesOf(Buffer.from(text, 'latin1'))];

async function cutInChunks(bytes: Uint8Array, size: number): Promise<SourceLine[]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const lines: SourceLine[] = [];
  for await (const line of cutLines(chunks())) lines.push(line);
  return lines;
}

test('lines end with LF or CRLF, the last one with nothing', () => {
  expect(cut('a,b\r\nc\n\nlast').map(textOf)).toEqual(['a,b', 'c', '', 'last']);
  expect(cut('a\n').map(textOf)).toEqual(['a']);
  expect(cut('')).toEqual([]);
});

test('a carriage return inside of a line belongs to the line', () => {
  expect(cut('a\rb\r\r\n').map(textOf)).toEqual(['a\rb\r']);
});

test('each line knows its number and where it stands in the source', () => {
  const lines = [...cutLinesOf(Buffer.from('one\r\ntwo\nthree'), { line: 7, offset: 100 })];
  expect(lines.map(({ line, offset, nextOffset }) => [line, offset, nextOffset])).toEqual([
    [7, 100, 105],
    [8, 105, 109],
    [9, 109, 114],
  ]);
});

describe('a line that is too long', () => {
  test('is cut, with its true length, and the next line is whole', () => {
    const [long, next] = cut(`${'x'.repeat(MAX_LINE_BYTES + 9)}\r\nnext`);
    expect(long).toMatchObject({ length: MAX_LINE_BYTES + 9, truncated: true, nextOffset: MAX_LINE_BYTES + 11 });
    expect(long.bytes.length).toBe(MAX_LINE_BYTES);
    expect(textOf(next)).toBe('next');
  });

  test('is one that has more than the limit without its terminator', () => {
    const [fitting] = cut(`${'x'.repeat(MAX_LINE_BYTES)}\r\n`);
    expect(fitting).toMatchObject({ length: MAX_LINE_BYTES, truncated: false });
  });
});

test('where chunks end does not change the lines', async () => {
  const piece = fc.constantFrom('\n', '\r', '\r\n', 'a', 'bc,', 'x'.repeat(MAX_LINE_BYTES - 1), 'yy');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), async (pieces, n) => {
      const bytes = Buffer.from(pieces.join(''));
      const size = Math.max(1, Math.ceil(bytes.length / n));
      const whole = [...cutLinesOf(bytes)];
      const parts = await cutInChunks(bytes, size);
      const plain = ({ bytes, ...rest }: SourceLine) => ({ ...rest, text: Buffer.from(bytes).toString() });
      expect(parts.map(plain)).toEqual(whole.map(plain));
    }),
    { numRuns: 60 },
  );
});

test('lines and terminators together are the source, byte for byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      let at = 0;
      for (const line of cutLinesOf(bytes)) {
        expect(line.offset).toBe(at);
        expect(Buffer.compare(line.bytes, bytes.subarray(at, at + line.length))).toBe(0);
        at = line.nextOffset;
      }
      expect(at).toBe(bytes.length);
    }),
  );
});
