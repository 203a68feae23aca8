// Sorts the lines of a raw batch: clean rows by split, the rest with line number, reason and raw text.
import type { Dataset } from '../../core/dataset/dataset.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import { holds, type IdSet } from '../../core/encounter/claims/id-set.ts';
import { RefusedIds } from '../../core/encounter/claims/refused-ids.ts';
import type { SourceLine } from '../../core/encounter/lines.ts';
import type { BadRow } from '../../core/encounter/quarantine.ts';
import { type Reading, standardReading } from '../../core/encounter/reading/reading.ts';
import { standardLine } from '../../core/encounter/reading/standard-line.ts';
import { type CleanRow, rowParser } from '../../core/encounter/rows.ts';
import { type Split, splitOf } from '../../core/encounter/split.ts';
import type { RawManifest } from '../../core/run/manifest.ts';
import { linesOfPart } from '../../core/run/part-lines.ts';

/** A row that is put aside: one line of rows.jsonl. */
export interface QuarantinedRow extends BadRow {
  /** Line of the source file; its header is line 1. */
  readonly line: number;
  /** The line as it came, without its terminator; of an overlong line the beginning. */
  readonly raw: string;
  /** base64 when the bytes are not UTF-8 text. */
  readonly encoding: 'utf8' | 'base64';
  /** The row in the form of the public file, where its own file has another. */
  readonly standard?: string;
}

export interface SortedRows {
  readonly bySplit: Readonly<Record<Split, readonly CleanRow[]>>;
  readonly quarantined: readonly QuarantinedRow[];
  /** Ids that no good row of the batch has: they are free for the corrected row of a later file. */
  readonly refused: IdSet;
}

/**
 * @param part the raw part: the header line, then the rows of the batch
 * @param refusedBefore ids that another reading of these rows refused, and that another batch may hold since
 */
export function sortRows(
  part: Uint8Array,
  manifest: RawManifest,
  salt: string,
  refusedBefore: IdSet = new Float64Array(),
): SortedRows {
  const dataset = datasetNamed(manifest.dataset.name);
  const { reading = standardReading(dataset) } = manifest;
  const parseRow = rowParser(dataset, reading);
  const bySplit: Record<Split, CleanRow[]> = { train: [], validation: [], test: [] };
  const quarantined: QuarantinedRow[] = [];
  const refused = new RefusedIds(parseRow);
  const holderOf = new Map(manifest.duplicates.map((row) => [row.line, row.first_batch_id]));

  for (const line of linesOfPart(part, manifest)) {
    const parsed = parseRow(line.bytes, line.length);
    const first = refused.add(line, parsed);
    if (!parsed.ok) {
      quarantined.push(putAside(line, parsed.bad));
      continue;
    }
    const { row } = parsed;
    const holder = holderOf.get(line.line) ?? (first ? undefined : manifest.batch_id);
    if (holder !== undefined) quarantined.push(putAside(line, duplicateOf(row, holder)));
    else if (holds(refusedBefore, row.encounter_id)) quarantined.push(putAside(line, refusedOnce(row)));
    else bySplit[splitOf(row.patient_nbr, salt)].push(row);
  }
  return {
    bySplit,
    quarantined: quarantined.map((row) => inStandardForm(row, reading, dataset)),
    refused: refused.result(),
  };
}

function duplicateOf(row: CleanRow, holder: number): BadRow {
  return {
    reason: 'duplicate_encounter_id',
    field: 'encounter_id',
    message: `encounter ${row.encounter_id} stands already in batch ${holder}`,
  };
}

function refusedOnce(row: CleanRow): BadRow {
  return {
    reason: 'duplicate_encounter_id',
    field: 'encounter_id',
    message: `encounter ${row.encounter_id} was refused here before, so that a later batch may hold it: withdraw this batch and give its file again`,
  };
}

function inStandardForm(row: QuarantinedRow, reading: Reading, dataset: Dataset): QuarantinedRow {
  const standard = row.encoding === 'utf8' ? standardLine(row.raw, reading, dataset) : null;
  return standard === null ? row : { ...row, standard };
}

const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function putAside(line: SourceLine, bad: BadRow): QuarantinedRow {
  try {
    return { ...bad, line: line.line, raw: strictText.decode(line.bytes), encoding: 'utf8' };
  } catch {
    return { ...bad, line: line.line, raw: Buffer.from(line.bytes).toString('base64'), encoding: 'base64' };
  }
}
