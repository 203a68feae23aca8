// Sorts the lines of a raw batch: clean rows by split, the rest with line number, reason and raw text.
import { cutLinesOf, type SourceLine } from '../../core/encounter/lines.ts';
import type { BadRow } from '../../core/encounter/quarantine.ts';
import { type CleanRow, parseRow } from '../../core/encounter/rows.ts';
import { type Split, splitOf } from '../../core/encounter/split.ts';
import type { RawManifest } from '../../core/run/manifest.ts';

/** A row that is put aside: one line of rows.jsonl. */
export interface QuarantinedRow extends BadRow {
  /** Line of the source file; its header is line 1. */
  readonly line: number;
  /** The line as it came, without its terminator; of an overlong line the beginning. */
  readonly raw: string;
  /** base64 when the bytes are not UTF-8 text. */
  readonly encoding: 'utf8' | 'base64';
}

export interface SortedRows {
  readonly bySplit: Readonly<Record<Split, readonly CleanRow[]>>;
  readonly quarantined: readonly QuarantinedRow[];
}

/** @param part the raw part: the header line, then the rows of the batch */
export function sortRows(part: Uint8Array, manifest: RawManifest, salt: string): SortedRows {
  const bySplit: Record<Split, CleanRow[]> = { train: [], validation: [], test: [] };
  const quarantined: QuarantinedRow[] = [];
  const firstBatchOf = new Map(manifest.duplicates.map((row) => [row.line, row.first_batch_id]));
  const lengthOf = new Map(manifest.cut_lines.map((row) => [row.line, row.bytes]));

  for (const line of cutLinesOf(part, { line: manifest.first_line - 1, offset: 0 })) {
    if (line.line < manifest.first_line) continue; // the header
    const parsed = parseRow(line.bytes, lengthOf.get(line.line) ?? line.length);
    if (!parsed.ok) {
      quarantined.push(putAside(line, parsed.bad));
      continue;
    }
    const firstBatch = firstBatchOf.get(line.line);
    if (firstBatch === undefined) bySplit[splitOf(parsed.row.patient_nbr, salt)].push(parsed.row);
    else quarantined.push(putAside(line, duplicateOf(parsed.row, firstBatch)));
  }
  return { bySplit, quarantined };
}

function duplicateOf(row: CleanRow, firstBatchId: number): BadRow {
  return {
    reason: 'duplicate_encounter_id',
    field: 'encounter_id',
    message: `encounter ${row.encounter_id} stands already in batch ${firstBatchId}`,
  };
}

const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function putAside(line: SourceLine, bad: BadRow): QuarantinedRow {
  try {
    return { ...bad, line: line.line, raw: strictText.decode(line.bytes), encoding: 'utf8' };
  } catch {
    return { ...bad, line: line.line, raw: Buffer.from(line.bytes).toString('base64'), encoding: 'base64' };
  }
}
