// One line to its cells: RFC 4180 with any separator, every record on one line.
import type { Separator } from './reading.ts';

/** Null when a quoted field is not well formed. */
export function splitCells(text: string, separator: Separator = ','): string[] | null {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  const quoted = QUOTED[separator];
  quoted.lastIndex = 0;
  while (quoted.lastIndex <= text.length) {
    const match = quoted.exec(text);
    if (match === null) return null;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return cells;
  }
  return null;
}

/** Blanks may stand around the quotes. */
const QUOTED: Readonly<Record<Separator, RegExp>> = {
  ',': /(?: *"((?:[^"]|"")*)" *|([^",]*))(,|$)/y,
  ';': /(?: *"((?:[^"]|"")*)" *|([^";]*))(;|$)/y,
  '\t': /(?: *"((?:[^"]|"")*)" *|([^"\t]*))(\t|$)/y,
  '|': /(?: *"((?:[^"]|"")*)" *|([^"|]*))(\||$)/y,
};
