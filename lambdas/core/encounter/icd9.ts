// ICD-9-CM codes: their form, their category, and the diagnosis groups of the readmission literature.

/**
 * A code of ICD-9-CM as hospitals write it: 1-3 digits (leading zeros may be lost, 38 is 038) with up to two decimals,
 * V and two digits, or E and three. Both cases of the letter.
 */
export const DIAGNOSIS_PATTERN =
  /^(?:(?:[1-9][0-9]{0,2}|0[1-9][0-9]?|00[1-9])(?:\.[0-9]{1,2})?|[Vv][0-9]{2}(?:\.[0-9]{1,2})?|[Ee][0-9]{3}(?:\.[0-9])?)$/;

/** Where the code stands: 1..999 for numbers, 1000 + n for Vn, 2000 + n for En. Ranges of it are blocks of ICD-9-CM. */
export type Position = number;

/**
 * Groups by ranges of categories. The first eight are those of Strack et al. 2014 (BioMed Research International,
 * 781670), table 2; the rest splits its "other" by the chapters of ICD-9-CM. First match wins.
 */
const GROUPS: readonly { readonly name: string; readonly ranges: readonly (readonly [Position, Position])[] }[] = [
  { name: 'circulatory', ranges: [[390, 459], [785, 785]] }, // biome-ignore format: a table
  {
    name: 'respiratory',
    ranges: [
      [460, 519],
      [786, 786],
    ],
  },
  {
    name: 'digestive',
    ranges: [
      [520, 579],
      [787, 787],
    ],
  },
  { name: 'diabetes', ranges: [[250, 250]] },
  { name: 'injury', ranges: [[800, 999]] },
  { name: 'musculoskeletal', ranges: [[710, 739]] },
  {
    name: 'genitourinary',
    ranges: [
      [580, 629],
      [788, 788],
    ],
  },
  { name: 'neoplasms', ranges: [[140, 239]] },
  { name: 'infectious', ranges: [[1, 139]] },
  { name: 'endocrine_other', ranges: [[240, 279]] },
  { name: 'blood', ranges: [[280, 289]] },
  { name: 'mental', ranges: [[290, 319]] },
  { name: 'nervous', ranges: [[320, 389]] },
  { name: 'pregnancy', ranges: [[630, 679]] },
  { name: 'skin', ranges: [[680, 709]] },
  { name: 'other', ranges: [[740, 799]] },
  { name: 'supplementary_v', ranges: [[1000, 1099]] },
  { name: 'external_e', ranges: [[2000, 2999]] },
];

export const DIAGNOSIS_GROUPS: readonly string[] = GROUPS.map((group) => group.name);

export interface Diagnosis {
  /** Three-digit category with its leading zeros: "038", "250", "V58", "E885". */
  readonly category: string;
  readonly position: Position;
  /** Digits after the point, "" when there are none. */
  readonly decimals: string;
  /** One of DIAGNOSIS_GROUPS. */
  readonly group: string;
}

/** Reads a code that matches DIAGNOSIS_PATTERN. */
export function readDiagnosis(code: string): Diagnosis {
  const [stem = '', decimals = ''] = code.toUpperCase().split('.');
  const position = positionOf(stem);
  const category = position < 1000 ? String(position).padStart(3, '0') : stem;
  return { category, position, decimals, group: groupOf(position) };
}

function positionOf(stem: string): Position {
  if (stem.startsWith('V')) return 1000 + Number(stem.slice(1));
  if (stem.startsWith('E')) return 2000 + Number(stem.slice(1));
  return Number(stem);
}

function groupOf(position: Position): string {
  for (const group of GROUPS) {
    if (group.ranges.some(([from, to]) => position >= from && position <= to)) return group.name;
  }
  return 'other';
}
