// The encounter_id of a line, for those who need no other column of it.
import type { SourceLine } from '../lines.ts';
import type { RowParser } from '../rows.ts';

const [COMMA, ZERO, NINE] = [44, 48, 57];
const MAX_DIGITS = 15; // every integer of 15 digits is exact in a double

/**
 * The encounter_id that the line's row has if it is a good one; null if it cannot be one. Any good row of the row reader
 * has the same id here: a cell of 1 to 15 digits is read at once, and every other line (quoted, longer, damaged) is left
 * to the row reader itself. A bad row may have an id too, since the other columns are not looked at.
 */
export function encounterIdOf(
  { bytes, length }: Pick<SourceLine, 'bytes' | 'length'>,
  parseRow: RowParser,
): number | null {
  return (parseRow.startsWithId ? plainId(bytes) : null) ?? idOfRow(parseRow, bytes, length);
}

function plainId(bytes: Uint8Array): number | null {
  let id = 0;
  for (let i = 0; i <= MAX_DIGITS; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === COMMA) return i === 0 ? null : id;
    if (byte < ZERO || byte > NINE) return null;
    id = id * 10 + (byte - ZERO);
  }
  return null;
}

function idOfRow(parseRow: RowParser, bytes: Uint8Array, length: number): number | null {
  const parsed = parseRow(bytes, length);
  return parsed.ok ? parsed.row.encounter_id : null;
}
