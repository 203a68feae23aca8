// Encounters in a CSV: the API's own column names, or those of the source dataset.
import { FIELD_LIST, sourceColumn } from '../../../../lambdas/core/encounter/fields/index.ts';
import { BLANK, type Body, bodyOf, type Draft, type FormField } from '../draft.ts';
import { parseCsv } from './csv.ts';

export interface EncounterTable {
  readonly bodies: readonly Body[];
  /** Names of needed fields that no column has. */
  readonly missing: readonly FormField[];
  /** Text of an identifying column of each row, if there is one. */
  readonly ids: readonly string[];
}

/** The field that a column of the source dataset holds, by the column's name. */
const FIELD_OF: ReadonlyMap<string, string> = new Map(FIELD_LIST.map((field) => [sourceColumn(field), field.name]));
const ID_COLUMNS = ['id', 'encounter_id'];
const TRUE = /^(true|yes|1|sí|si)$/i;
const FALSE = /^(false|no|0)$/i;

export function readEncounters(text: string): EncounterTable {
  const [header = [], ...rows] = parseCsv(text);
  const names = header.map((name) => FIELD_OF.get(name.trim()) ?? name.trim());
  const idColumn = names.findIndex((name) => ID_COLUMNS.includes(name));
  return {
    bodies: rows.map((cells) => bodyOf(draftOfCells(names, cells))),
    missing: FIELD_LIST.filter(({ name, presence }) => presence !== 'optional' && !names.includes(name)),
    ids: rows.map((cells) => (idColumn === -1 ? '' : (cells[idColumn] ?? ''))),
  };
}

function draftOfCells(names: readonly string[], cells: readonly string[]): Draft {
  let draft = BLANK;
  for (const field of FIELD_LIST) {
    const column = names.indexOf(field.name);
    if (column !== -1) draft = { ...draft, [field.name]: textOf(field, cells[column]?.trim() ?? '') };
  }
  return draft;
}

function textOf(field: FormField, cell: string): string {
  if (cell === '?' || cell === '') return field.kind === 'choice' ? (field.unknown ?? '') : '';
  if (field.kind !== 'flag') return cell;
  const word = Object.entries(field.source.words).find(([word]) => word.toLowerCase() === cell.toLowerCase());
  if (word !== undefined) return String(word[1]);
  return TRUE.test(cell) ? 'true' : FALSE.test(cell) ? 'false' : cell;
}
