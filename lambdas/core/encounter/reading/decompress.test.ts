import { gzipSync } from 'node:zlib';
import { strToU8, Zip, ZipDeflate, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decompress, detectCompression } from './decompress.ts';

const TEXT = Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 1000}\n`).join('');

async function* pieces(bytes: Uint8Array, size = 4096) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Uint8Array): Promise<string> {
  const parts = await Array.fromAsync(decompress(pieces(bytes), detectCompression(bytes)));
  return Buffer.concat(parts).toString();
}

/** Sizes after the data, as macOS and Java write an archive. */
function streamedZip(name: string, text: string): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((_, data) => parts.push(data));
  const file = new ZipDeflate(name);
  zip.add(file);
  file.push(strToU8(text), true);
  zip.end();
  return Buffer.concat(parts);
}

describe('a compressed file', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['zip', zipSync({ 'a.csv': strToU8(TEXT) })],
    ['zip without compression', zipSync({ 'a.csv': strToU8(TEXT) }, { level: 0 })],
    ['zip with sizes after the data', streamedZip('a.csv', TEXT)],
    [
      'zip with what macOS adds to it',
      zipSync({ 'b/': new Uint8Array(), 'b/a.csv': strToU8(TEXT), '__MACOSX/b/._a.csv': strToU8('x') }),
    ],
  ])('as %s is unpacked as it streams by', async (_, bytes) => {
    expect(await unpack(bytes)).toBe(TEXT);
  });

  it.each([
    ['a gzip that was cut off', gzipSync(TEXT).subarray(0, 9000), /gzip is damaged or cut off/],
    [
      'two gzips put together',
      Buffer.concat([gzipSync('a'), gzipSync('b')]),
      /gzip is damaged.*compress the file again/,
    ],
    ['a gzip with a changed byte', changed(gzipSync(TEXT)), /gzip is damaged or cut off/],
    ['a zip that was cut off', zipSync({ 'a.csv': strToU8(TEXT) }).subarray(0, 9000), /zip is damaged or cut off/],
    [
      'a zip with a changed byte',
      changed(zipSync({ 'a.csv': strToU8(TEXT) }, { level: 0 })),
      /zip is damaged or cut off/,
    ],
    [
      'a zip of two files',
      zipSync({ 'a.csv': strToU8('x'), 'b.csv': strToU8('y') }),
      /more than one file \("a.csv", "b.csv"\)/,
    ],
    ['a zip of none', zipSync({ 'a/': new Uint8Array() }), /holds no file/],
    [
      'an Excel workbook',
      zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/a.xml': strToU8('y') }),
      /Excel workbook.*save the sheet as CSV/,
    ],
    ['a bomb in a gzip', gzipSync(new Uint8Array(80 << 20)), /more than 250 times/],
    ['a bomb in a zip', zipSync({ 'a.csv': new Uint8Array(80 << 20) }), /more than 250 times/],
  ])('that is %s is refused with what to do', async (_, bytes, message) => {
    await expect(unpack(bytes)).rejects.toThrow(message);
  });

  it('whose source fails half-way fails with that error', async () => {
    async function* failing() {
      yield gzipSync(TEXT).subarray(0, 5000);
      throw new TypeError('replaced');
    }
    await expect(Array.fromAsync(decompress(failing(), 'gzip'))).rejects.toThrow(new TypeError('replaced'));
  });
});

function changed(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i === 6000 ? byte ^ 1 : byte));
}
