// One source file to claimed batches. Each may be repeated at any point: a part of a file is reserved once under a batch_id,
// what is stored under it is a function of the file, it counts once its claim is in the log, and progress is saved after.
import { createHash } from 'node:crypto';
import { type DescribedObject, describeObject, streamObject } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { type SourceProgress, sources } from '../../aws/tracking.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import { describeFile, isPlain, linesOfFile } from '../../core/encounter/reading/file.ts';
import { describeReading } from '../../core/encounter/reading/reading.ts';
import type { PipelineRequest } from '../../core/run/request.ts';
import { cutBatches, type LineBatch } from './batches.ts';
import type { ClaimLog } from './claim.ts';
import { EmptySourceError, MissingSourceError } from './errors.ts';
import { reserve, storePart } from './reserve.ts';
import { adoptEarlier, bringBack, takeOver } from './retake.ts';

/** What an execution took from its source. */
export interface Taken {
  readonly source_sha256: string;
  /** How the file is written, in words. */
  readonly read_as: string;
  readonly rows: number;
  readonly new_batches: readonly number[];
  /** False when rows of the source are left for later executions (batchLimit). */
  readonly complete: boolean;
}

/** @throws MissingSourceError, EmptySourceError, HeaderMismatchError, UnreadableFileError, ReplacedObjectError */
export async function ingestSource(
  { source, batchLimit = Infinity }: PipelineRequest,
  log: ClaimLog,
  dataset: Dataset,
): Promise<Taken> {
  const object = await describeObject(source);
  if (object === null) throw new MissingSourceError(source);
  // Every read of the source asks for this entity tag, so that hash, header and rows are of the same bytes.
  const file: PinnedFile = { key: source, ...object };
  const sha256 = await hashObject(file);
  const open = (offset: number) => streamObject(source, offset, file.etag);
  const described = object.size === 0 ? null : await describeFile(open, dataset);
  if (described === null) throw new EmptySourceError(source);
  const { reading, header, rows: first } = described;
  // A range that begins at the end of an object is an error to S3.
  if (isPlain(reading) && first.offset >= object.size) throw new EmptySourceError(source);
  const before = (await sources.progress(sha256)) ?? {
    key: source,
    size: object.size,
    next_offset: first.offset,
    next_line: first.line,
    batches: 0,
    complete: false,
  };
  await adoptEarlier(log);
  const given = await sources.noteGiven(sha256, file.upload, log.now.last);
  const taken = [...(await bringBack(log, sha256, given)), ...(await takeOver(log))].map(({ batch_id }) => batch_id);
  let progress = before;
  let left = before.complete ? 0 : batchLimit;
  const rows = linesOfFile(open, reading, { line: before.next_line, offset: before.next_offset });
  for await (const cut of left > 0 ? cutBatches(rows, settings().batchRows) : []) {
    const batch = await reserve({ key: source, sha256, reading, dataset }, progress.batches, cut);
    await storePart(batch.batch_id, header, cut.lines);
    await log.claim(batch, { lines: cut.lines, reading });
    progress = advance(progress, cut);
    await sources.saveProgress(sha256, progress);
    taken.push(batch.batch_id);
    if (--left <= 0) break;
  }
  if (progress.batches === 0) throw new EmptySourceError(source);
  return {
    source_sha256: sha256,
    read_as: describeReading(reading, dataset),
    rows: progress.next_line - before.next_line,
    new_batches: taken,
    complete: progress.complete,
  };
}

interface PinnedFile extends DescribedObject {
  readonly key: string;
}

async function hashObject({ key, etag }: PinnedFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of streamObject(key, 0, etag)) hash.update(chunk);
  return hash.digest('hex');
}

function advance(progress: SourceProgress, { lines, last }: LineBatch): SourceProgress {
  const end = lines.at(-1);
  if (end === undefined) throw new RangeError('a batch has at least one line');
  return {
    ...progress,
    next_offset: end.nextOffset,
    next_line: end.line + 1,
    batches: progress.batches + 1,
    complete: last,
  };
}
