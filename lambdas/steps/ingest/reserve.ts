// Numbers for batches, and their lines in the data bucket. A reserved batch counts for nobody until it is claimed.
import { putImmutable } from '../../aws/objects.ts';
import { type Batch, batches, sources } from '../../aws/tracking.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import type { SourceLine } from '../../core/encounter/lines.ts';
import { hasStandardRows, type Reading } from '../../core/encounter/reading/reading.ts';
import type { TakenBatch } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import { type LineBatch, toRawPart } from './batches.ts';

/** A file, and how it is written. */
export interface ReadSource {
  readonly key: string;
  readonly sha256: string;
  readonly reading: Reading;
  readonly dataset: Dataset;
}

/** The same bytes under other columns are other rows: where the form is not the dataset's, it is part of their name. */
function headOf({ reading, dataset }: ReadSource): Uint8Array {
  if (hasStandardRows(reading, dataset)) return new Uint8Array();
  const { separator, columns, coding = dataset.coding.name } = reading;
  return new TextEncoder().encode(canonicalJson({ separator, columns, coding }));
}

/** Takes the next batch_id for a part of the source, or finds the one that an earlier attempt took. */
export async function reserve(source: ReadSource, ordinal: number, { lines }: LineBatch): Promise<Batch> {
  const { key, sha256 } = source;
  for (;;) {
    const earlier = await sources.batch(sha256, ordinal);
    if (earlier !== null) return earlier;
    const batch: Batch = {
      batch_id: await nextId(),
      source_sha256: sha256,
      source_key: key,
      ordinal,
      first_line: firstOf(lines).line,
      rows: lines.length,
      bytes: lines.reduce((sum, line) => sum + line.bytes.length, 0),
      sha256: sha256Hex(toRawPart(headOf(source), lines)),
    };
    if (await batches.reserve(batch)) return batch;
  }
}

/** A number of its own for the rows of an earlier batch. */
export async function reserveAgain({ source_sha256, source_key, ...rest }: TakenBatch): Promise<Batch> {
  const { ordinal, first_line, rows, bytes, sha256 } = rest;
  for (;;) {
    const batch = { batch_id: await nextId(), source_sha256, source_key, ordinal, first_line, rows, bytes, sha256 };
    if (await batches.reserveAgain(batch)) return batch;
  }
}

export function storePart(batchId: number, header: Uint8Array, lines: readonly SourceLine[]): Promise<void> {
  return putImmutable(keys.rawPart(batchId), toRawPart(header, lines), 'text/csv');
}

async function nextId(): Promise<number> {
  return ((await batches.last())?.batch_id ?? 0) + 1;
}

function firstOf([first]: readonly SourceLine[]): SourceLine {
  if (first === undefined) throw new RangeError('a batch has at least one line');
  return first;
}
