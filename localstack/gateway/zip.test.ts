import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BrokenZipError, unzip } from './zip.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readmit-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An archive as zip programs write it; `pack` false stores the files as they are. */
function zip(files: Readonly<Record<string, string>>, pack: boolean, comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = pack ? deflateRawSync(text) : Buffer.from(text);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(pack ? 8 : 0, 4);
    about.writeUInt32LE(crc32(text), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(Buffer.byteLength(text), 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    locals.push(Buffer.from('PK\x03\x04'), about, Buffer.from(name), data);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), about, place, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)]);
}

test.each([
  ['packed', true, ''],
  ['stored', false, ''],
  ['followed by a comment', true, 'made by hand'],
])('a package that is %s comes out as it went in', (_, pack, comment) => {
  unzip(
    zip({ 'index.mjs': 'export {}', 'node_modules/a/ü.txt': 'x'.repeat(5000), 'empty/': '' }, pack, comment),
    folder,
  );
  expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).toBe('export {}');
  expect(readFileSync(join(folder, 'node_modules/a/ü.txt'), 'utf8')).toBe('x'.repeat(5000));
});

test.each(['../outside', '/etc/passwd', 'a/../../b'])('a name that leads out of the folder, %s, is refused', (name) => {
  expect(() => unzip(zip({ [name]: 'x' }, true), folder)).toThrow(BrokenZipError);
});

test('what is no archive is refused', () => {
  expect(() => unzip(Buffer.from('<html>not found</html>, and some more text'), folder)).toThrow(BrokenZipError);
});
