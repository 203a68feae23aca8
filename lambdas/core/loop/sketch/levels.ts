// The levels of each field that sketches count: made of the field table, so that a field that is added is counted.
import { canonicalJson, sha256Hex } from '../../canonical.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Encounter } from '../../encounter/contract.ts';
import type { FieldName, NamedField } from '../../encounter/fields/index.ts';

export interface FieldLevels {
  readonly field: FieldName;
  /** Names in a fixed order; the last is for whatever the others do not name. */
  readonly levels: readonly string[];
  /** The index of the level that an encounter's value falls in. */
  readonly levelOf: (encounter: Encounter) => number;
}

/** All fields of a dataset, and a hash of their levels: counts are added up only where it is the same. */
export interface LevelTable {
  readonly fields: readonly FieldLevels[];
  /** First 16 hex digits of the sha256 of names and levels. */
  readonly contract: string;
}

export const OTHER = 'other';
export const UNKNOWN = 'unknown';

/** Upper bounds of the bands of counts: fine where visits lie, wide where laboratory tests do. */
const BANDS = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89] as const;

export function levelTable({ fields, coding }: Pick<Dataset, 'fields' | 'coding'>): LevelTable {
  const made = fields.map((field) => fieldLevels(field, coding));
  const named = made.map(({ field, levels }) => [field, levels]);
  return { fields: made, contract: sha256Hex(canonicalJson(named)).slice(0, 16) };
}

function fieldLevels(field: NamedField, coding: Dataset['coding']): FieldLevels {
  const { name } = field;
  if (field.kind === 'count') {
    const bounds = BANDS.filter((bound) => bound >= field.min && bound < field.max);
    const levels = [...bounds.map((bound, i) => band(bounds[i - 1], bound, field.min)), `>${bounds.at(-1)}`];
    const levelOf = ({ [name]: value }: Encounter) => {
      const found = typeof value === 'number' ? bounds.findIndex((bound) => value <= bound) : -1;
      return found === -1 ? bounds.length : found;
    };
    return { field: name, levels, levelOf };
  }
  const { levels, values, group } = valueLevels(field, coding);
  const other = levels.length - 1;
  const unknown = levels.indexOf(UNKNOWN);
  // By the values as they are: this is asked 23 times a prediction.
  const places = new Map<unknown, number>(values.map((value, i) => [value, i]));
  places.set(null, unknown);
  places.set(UNKNOWN, unknown);
  if (group === undefined) return { field: name, levels, levelOf: ({ [name]: value }) => places.get(value) ?? other };
  const codes = new Map<string, number>();
  const placeOf = (code: string): number => {
    const known = codes.get(code);
    if (known !== undefined) return known;
    const place = places.get(group(code)) ?? other;
    if (codes.size < REMEMBERED_CODES) codes.set(code, place);
    return place;
  };
  const levelOf = ({ [name]: value }: Encounter) => (typeof value === 'string' ? placeOf(value) : unknown);
  return { field: name, levels, levelOf };
}

/** A coding system has thousands of codes; those that come often are read once. */
const REMEMBERED_CODES = 4000;

function band(before: number | undefined, bound: number, min: number): string {
  const from = before === undefined ? min : before + 1;
  return from === bound ? String(bound) : `${from}-${bound}`;
}

/** Names of levels, and the values that the first of them stand for; of codes the group decides. */
function valueLevels(field: Exclude<NamedField, { kind: 'count' }>, coding: Dataset['coding']) {
  switch (field.kind) {
    case 'choice':
      return named(field.choices.map(({ value }) => value));
    case 'flag':
      return named([true, false]);
    case 'id':
      return named(field.meanings.map(({ id }) => id));
    case 'text':
      return named(field.suggestions);
    case 'diagnosis':
      return { ...named(coding.groups), group: coding.group };
  }
}

function named(all: readonly (string | number | boolean)[]) {
  const values = [...new Set(all)].filter((value) => value !== OTHER && value !== UNKNOWN);
  const levels = [...values.map(String), UNKNOWN, OTHER];
  return { levels, values, group: undefined };
}
