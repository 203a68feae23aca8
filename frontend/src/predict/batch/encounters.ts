// Encounters in a CSV: the API's own column names, or those of the source dataset.
import { FIELD_LIST } from '../../../../lambdas/core/encounter/contract.ts';
import { BLANK, type Body, bodyOf, type Draft, type FormField } from '../draft.ts';
import { parseCsv } from './csv.ts';

export interface EncounterTable {
  readonly bodies: readonly Body[];
  /** Names of needed fields that no column has. */
  readonly missing: readonly FormField[];
  /** Text of an identifying column of each row, if there is one. */
  readonly ids: readonly string[];
}

/** Columns of the source dataset whose names differ. */
const ALIASES: Readonly<Record<string, string>> = {
  age: 'age_bucket',
  A1Cresult: 'a1c_result',
  change: 'change_med',
  diabetesMed: 'diabetes_med',
};
const ID_COLUMNS = ['id', 'encounter_id'];
const TRUE = /^(true|yes|ch|1|sí|si)$/i;
const FALSE = /^(false|no|0)$/i;

export function readEncounters(text: string): EncounterTable {
  const [header = [], ...rows] = parseCsv(text);
  const names = header.map((name) => ALIASES[name.trim()] ?? name.trim());
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
  return TRUE.test(cell) ? 'true' : FALSE.test(cell) ? 'false' : cell;
}
