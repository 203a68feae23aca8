// Unpacks a function's deployment package. Only what such packages hold: stored and deflated files, no encryption, no
// archive above 4 GB. Format: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header) and 4.3.12 (central directory).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Writes all files of an archive under a folder.
 * @throws BrokenZipError for what is no such archive, or for a name that leads out of the folder.
 */
export function unzip(archive: Buffer, directory: string): void {
  const end = findEnd(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new BrokenZipError('the directory is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!name.endsWith('/')) writeEntry(archive, at, join(directory, inside(name)));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function writeEntry(archive: Buffer, at: number, path: string): void {
  const method = archive.readUInt16LE(at + 10);
  const size = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + size);
  if (method !== STORED && method !== DEFLATED) throw new BrokenZipError(`compression method ${method} is not known`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, method === STORED ? packed : inflateRawSync(packed));
}

function findEnd(archive: Buffer): number {
  // The record is 22 bytes long, and a comment of up to 64 KB may follow it.
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 65_535); at--) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new BrokenZipError('it is no zip archive');
}

function inside(name: string): string {
  const path = normalize(name);
  if (path.startsWith('..') || path.startsWith(sep) || /^[A-Za-z]:/.test(path)) {
    throw new BrokenZipError(`${name} leads out of the archive`);
  }
  return path;
}

export class BrokenZipError extends Error {
  override readonly name = 'BrokenZipError';
  constructor(what: string) {
    super(`the function's code cannot be unpacked: ${what}; deploy it again`);
  }
}
