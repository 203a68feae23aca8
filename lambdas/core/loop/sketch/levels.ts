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
  const { levels, text } = wordLevels(field, coding);
  const places = new Map(levels.map((level, i) => [level, i]));
  const other = levels.length - 1;
  return { field: name, levels, levelOf: ({ [name]: value }) => places.get(text(value)) ?? other };
}

function band(before: number | undefined, bound: number, min: number): string {
  const from = before === undefined ? min : before + 1;
  return from === bound ? String(bound) : `${from}-${bound}`;
}

/** Levels that are words, and the word of a value. */
function wordLevels(field: Exclude<NamedField, { kind: 'count' }>, coding: Dataset['coding']) {
  const asText = (value: unknown) => (value === null || value === undefined ? UNKNOWN : String(value));
  switch (field.kind) {
    case 'choice':
      return { levels: listed(field.choices.map(({ value }) => value)), text: asText };
    case 'flag':
      return { levels: listed(['true', 'false']), text: asText };
    case 'id':
      return { levels: listed(field.meanings.map(({ id }) => String(id))), text: asText };
    case 'text':
      return { levels: listed(field.suggestions), text: asText };
    case 'diagnosis':
      return {
        levels: listed(coding.groups),
        text: (value: unknown) => (typeof value === 'string' ? coding.group(value) : UNKNOWN),
      };
  }
}

const listed = (levels: readonly string[]): string[] => [
  ...new Set([...levels.filter((level) => level !== OTHER && level !== UNKNOWN), UNKNOWN, OTHER]),
];
