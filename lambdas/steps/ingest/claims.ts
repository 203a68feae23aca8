// Claims the encounter_id of each line for a batch, so that the second row of an encounter is known as a duplicate.
import { HEADER_COLUMNS } from '../../core/encounter/header.ts';
import type { SourceLine } from '../../core/encounter/lines.ts';
import type { EncounterIds } from './encounter-ids.ts';

const [COMMA, QUOTE, ZERO, NINE] = [44, 34, 48, 57];
const MAX_DIGITS = 15; // every integer of 15 digits is exact in a double

export interface Claims {
  /** Ids that this batch holds first, in line order. */
  readonly claimed: Float64Array;
  readonly duplicates: readonly { readonly line: number; readonly first_batch_id: number }[];
}

/** Rows that are no encounter by their shape (column count, id) claim nothing: Clean names what is wrong with them. */
export function claimLines(lines: readonly SourceLine[], batchId: number, ids: EncounterIds): Claims {
  const claimed: number[] = [];
  const duplicates: { line: number; first_batch_id: number }[] = [];
  for (const line of lines) {
    const id = encounterIdOf(line.bytes);
    if (id === null) continue;
    const holder = ids.claim(id, batchId);
    if (holder === null) claimed.push(id);
    else duplicates.push({ line: line.line, first_batch_id: holder });
  }
  return { claimed: Float64Array.from(claimed), duplicates };
}

/** The encounter_id, the first of 50 columns, or null if the line does not have that shape. */
export function encounterIdOf(bytes: Uint8Array): number | null {
  let commas = 0;
  let quoted = false;
  for (const byte of bytes) {
    if (byte === COMMA) commas++;
    else if (byte === QUOTE) quoted = true;
  }
  const expected = HEADER_COLUMNS.length - 1;
  if (quoted ? commas < expected : commas !== expected) return null;
  const end = bytes.indexOf(COMMA);
  if (end < 1 || end > MAX_DIGITS) return null;
  let id = 0;
  for (let i = 0; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < ZERO || byte > NINE) return null;
    id = id * 10 + (byte - ZERO);
  }
  return id;
}
