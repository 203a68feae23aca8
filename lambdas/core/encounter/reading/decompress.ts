// Compressed files as they stream by: gzip, and zip with one file in it. Expansion is bounded: a small file can't fill memory.
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { UnreadableFileError } from './errors.ts';
import type { Compression } from './reading.ts';
import { crc32, ZipTail } from './zip-tail.ts';

/** Exports shrink to a fifth or a twentieth. Below the floor any ratio passes. */
const MAX_RATIO = 250;
const RATIO_FLOOR = 64 << 20;
/** A thousandfold expansion of one slice is 8 MiB. */
const SLICE = 8 << 10;

/** Formats that are no text, by their first bytes. */
const FOREIGN = [
  { magic: [0xd0, 0xcf, 0x11, 0xe0], what: 'an Excel 97-2003 workbook', remedy: 'save the sheet as CSV' },
  { magic: [0x50, 0x41, 0x52, 0x31], what: 'Parquet', remedy: 'export it as CSV' },
  { magic: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', remedy: 'export the table as CSV' },
  { magic: [0x42, 0x5a, 0x68], what: 'compressed by bzip2', remedy: 'compress it with gzip, or give it as it is' },
  { magic: [0xfd, 0x37, 0x7a, 0x58], what: 'compressed by xz', remedy: 'compress it with gzip, or give it as it is' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'compressed by zstd', remedy: 'compress it with gzip, or give it as it is' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive', remedy: 'make it a zip, or give it as it is' },
] as const;

/** @param head at least the first four bytes of the file @throws UnreadableFileError for formats that are no text */
export function detectCompression(head: Uint8Array): Compression {
  const begins = (magic: readonly number[]) => magic.every((byte, i) => head[i] === byte);
  if (begins([0x1f, 0x8b])) return 'gzip';
  if (begins([0x50, 0x4b, 0x03, 0x04])) return 'zip';
  const foreign = FOREIGN.find(({ magic }) => begins(magic));
  if (foreign !== undefined) throw new UnreadableFileError(`the file is ${foreign.what}, not text: ${foreign.remedy}`);
  return 'none';
}

/** @throws UnreadableFileError when the archive is damaged, holds other than one file, or expands without end */
export async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncGenerator<Uint8Array> {
  if (compression === 'none') {
    yield* chunks;
    return;
  }
  let packed = 0;
  let unpacked = 0;
  const counted = tap(chunks, (chunk) => {
    packed += chunk.length;
  });
  for await (const chunk of compression === 'gzip' ? gunzip(counted) : unzip(counted)) {
    unpacked += chunk.length;
    if (unpacked > RATIO_FLOOR && unpacked > MAX_RATIO * packed) {
      throw new UnreadableFileError(
        `the ${compression} expands to more than ${MAX_RATIO} times its size, as no export does: give the file without compression`,
      );
    }
    yield chunk;
  }
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const reader = readable.getReader();
  const source: { failure?: unknown } = {};
  const fed = feed(chunks, writable.getWriter(), source);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } catch {
    if ('failure' in source) throw source.failure;
    damaged('gzip');
  } finally {
    await reader.cancel().catch(() => {});
    await fed;
  }
}

/** Ends when the decompressor has all, or will have no more; what went wrong with the chunks is noted in `source`. */
async function feed(
  chunks: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
  source: { failure?: unknown },
): Promise<void> {
  const refused = () => false;
  let wanted = true;
  try {
    for await (const chunk of chunks) {
      wanted = await writer.write(new Uint8Array(chunk)).then(() => true, refused);
      if (!wanted) break;
    }
    if (wanted) await writer.close().catch(refused);
  } catch (error) {
    source.failure = error;
    await writer.abort(error).catch(refused);
  }
}

async function* unzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const tail = new ZipTail();
  let ready: Uint8Array[] = [];
  let chosen: string | null = null;
  let ended = false;
  let crc = 0;
  const reader = new Unzip((file: UnzipFile) => {
    if (isAside(file.name)) return;
    if (chosen !== null) throw new UnreadableFileError(twoFiles(chosen, file.name));
    chosen = file.name;
    file.ondata = (error, data, final) => {
      if (error !== null) damaged('zip');
      crc = crc32(data, crc);
      ready.push(data);
      ended ||= final;
    };
    file.start();
  });
  reader.register(UnzipInflate);
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      reader.push(bytes, last);
    } catch (error) {
      if (error instanceof UnreadableFileError) throw error;
      damaged('zip');
    }
  };
  for await (const chunk of chunks) {
    tail.add(chunk);
    for (let from = 0; from < chunk.length; from += SLICE) {
      push(chunk.subarray(from, from + SLICE), false);
      yield* ready;
      ready = [];
    }
  }
  push(new Uint8Array(), true);
  yield* ready;
  if (chosen === null) throw new UnreadableFileError('the zip holds no file: put one CSV into it');
  if (!ended || tail.crcOf(chosen) !== crc) damaged('zip');
}

/** Folders, and what macOS adds. */
const isAside = (name: string) => name.endsWith('/') || name.startsWith('__MACOSX/') || name.endsWith('.DS_Store');

function twoFiles(first: string, second: string): string {
  if ([first, second].some((name) => name === '[Content_Types].xml' || name.startsWith('xl/'))) {
    return 'the file is an Excel workbook, not text: save the sheet as CSV';
  }
  const [a, b] = [first, second].map((name) => JSON.stringify(name.slice(0, 60)));
  return `the zip holds more than one file (${a}, ${b}): give each file by itself`;
}

function damaged(what: string): never {
  throw new UnreadableFileError(`the ${what} is damaged or cut off: compress the file again, or give it as it is`);
}

async function* tap(chunks: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}
