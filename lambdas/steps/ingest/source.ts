// One source file to raw batches. Each may be repeated at any point: a part of a file is reserved once under a batch_id,
// what is stored under it is a function of the file, and progress is saved after each.
import { createHash } from 'node:crypto';
import { describeObject, putImmutable, readObject, streamObject } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { type Batch, batches, type SourceProgress, sources } from '../../aws/tracking.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { checkHeader } from '../../core/encounter/header.ts';
import { cutLines, type SourceLine } from '../../core/encounter/lines.ts';
import { keys } from '../../core/run/keys.ts';
import type { RawManifest } from '../../core/run/manifest.ts';
import { cutBatches, type LineBatch, toRawPart } from './batches.ts';
import { claimLines } from './claims.ts';
import { EncounterIds } from './encounter-ids.ts';
import { EmptySourceError, MissingSourceError } from './errors.ts';
import type { IngestInput } from './input.ts';

/** What an execution took from its source. */
export interface Taken {
  readonly source_sha256: string;
  readonly rows: number;
  readonly new_batches: readonly number[];
  /** Whether rows of the source are left for later executions (batchLimit). */
  readonly complete: boolean;
}

/** @throws MissingSourceError, EmptySourceError, HeaderMismatchError */
export async function ingestSource({ source, batchLimit = Infinity }: IngestInput): Promise<Taken> {
  const object = await describeObject(source);
  if (object === null) throw new MissingSourceError(source);
  const sha256 = await hashObject(source);
  const header = await readHeader(source);
  // A range that begins at the end of an object is an error to S3.
  if (header.nextOffset >= object.size) throw new EmptySourceError(source);
  const before = (await sources.progress(sha256)) ?? {
    key: source,
    size: object.size,
    next_offset: header.nextOffset,
    next_line: 2,
    batches: 0,
    complete: false,
  };
  if (before.complete) return { source_sha256: sha256, rows: 0, new_batches: [], complete: true };

  const ids = await knownEncounterIds(sha256, before.batches);
  let progress = before;
  const taken: number[] = [];
  const rows = cutLines(streamObject(source, before.next_offset), {
    line: before.next_line,
    offset: before.next_offset,
  });
  for await (const cut of cutBatches(rows, settings().batchRows)) {
    const batch = await reserveBatch(source, sha256, progress.batches, cut);
    await storeBatch(header.bytes, batch, cut, ids);
    progress = advance(progress, cut);
    await sources.saveProgress(sha256, progress);
    taken.push(batch.batch_id);
    if (taken.length >= batchLimit) break;
  }
  if (progress.batches === 0) throw new EmptySourceError(source);
  return {
    source_sha256: sha256,
    rows: progress.next_line - before.next_line,
    new_batches: taken,
    complete: progress.complete,
  };
}

async function hashObject(key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of streamObject(key)) hash.update(chunk);
  return hash.digest('hex');
}

async function readHeader(key: string): Promise<{ bytes: Uint8Array; nextOffset: number }> {
  for await (const line of cutLines(streamObject(key), { line: 1, offset: 0 })) {
    checkHeader(line.bytes);
    return { bytes: line.bytes, nextOffset: line.nextOffset };
  }
  throw new EmptySourceError(key);
}

/** The ids that all batches but the present source's later ones have claimed. */
async function knownEncounterIds(sourceSha256: string, taken: number): Promise<EncounterIds> {
  const ids = new EncounterIds();
  for (const batch of await batches.all()) {
    if (batch.source_sha256 === sourceSha256 && batch.ordinal >= taken) continue;
    const bytes = await readObject(keys.rawEncounterIds(batch.batch_id));
    const stored = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    for (const id of stored) ids.claim(id, batch.batch_id);
  }
  return ids;
}

/** Takes the next batch_id for a part of the source, or finds the one that an earlier attempt took. */
async function reserveBatch(key: string, sha256: string, ordinal: number, cut: LineBatch): Promise<Batch> {
  for (;;) {
    const earlier = await sources.batch(sha256, ordinal);
    if (earlier !== null) return earlier;
    const last = await batches.last();
    const batch: Batch = {
      batch_id: (last?.batch_id ?? 0) + 1,
      source_sha256: sha256,
      source_key: key,
      ordinal,
      first_line: firstOf(cut).line,
      rows: cut.lines.length,
      bytes: cut.lines.reduce((sum, line) => sum + line.bytes.length, 0),
      sha256: hashLines(cut.lines),
    };
    if (await batches.reserve(batch)) return batch;
  }
}

async function storeBatch(header: Uint8Array, batch: Batch, cut: LineBatch, ids: EncounterIds): Promise<void> {
  const { claimed, duplicates } = claimLines(cut.lines, batch.batch_id, ids);
  const manifest: RawManifest = {
    batch_id: batch.batch_id,
    source_key: batch.source_key,
    source_sha256: batch.source_sha256,
    first_line: batch.first_line,
    rows: batch.rows,
    duplicates,
    cut_lines: cut.lines.filter((line) => line.truncated).map(({ line, length }) => ({ line, bytes: length })),
  };
  const id = batch.batch_id;
  await putImmutable(keys.rawPart(id), toRawPart(header, cut.lines), 'text/csv');
  await putImmutable(keys.rawEncounterIds(id), new Uint8Array(claimed.buffer), 'application/octet-stream');
  await putImmutable(keys.rawManifest(id), canonicalJson(manifest), 'application/json');
}

function advance(progress: SourceProgress, cut: LineBatch): SourceProgress {
  const last = cut.lines.at(-1) ?? firstOf(cut);
  return {
    ...progress,
    next_offset: last.nextOffset,
    next_line: last.line + 1,
    batches: progress.batches + 1,
    complete: cut.last,
  };
}

function firstOf(cut: LineBatch): SourceLine {
  const [first] = cut.lines;
  if (first === undefined) throw new RangeError('a batch has at least one line');
  return first;
}

function hashLines(lines: readonly SourceLine[]): string {
  return sha256Hex(toRawPart(new Uint8Array(), lines));
}
