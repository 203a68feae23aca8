// The ids of a batch's lines that none of its good rows has: what went to quarantine holds no claim.
import type { SourceLine } from '../lines.ts';
import type { ParsedRow, RowParser } from '../rows.ts';
import { encounterIdOf } from './encounter-id.ts';
import { type IdSet, idSetOf } from './id-set.ts';

/** Gathers them while somebody parses the lines. */
export class RefusedIds {
  private readonly refused = new Set<number>();
  private readonly good = new Set<number>();
  private readonly parseRow: RowParser;

  constructor(parseRow: RowParser) {
    this.parseRow = parseRow;
  }

  /** @returns whether the row is good and the first of its encounter in this batch */
  add(line: Pick<SourceLine, 'bytes' | 'length'>, parsed: ParsedRow): boolean {
    if (parsed.ok) {
      if (this.good.has(parsed.row.encounter_id)) return false;
      this.good.add(parsed.row.encounter_id);
      return true;
    }
    const id = encounterIdOf(line, this.parseRow);
    if (id !== null) this.refused.add(id);
    return false;
  }

  result(): IdSet {
    return idSetOf([...this.refused].filter((id) => !this.good.has(id)));
  }
}
