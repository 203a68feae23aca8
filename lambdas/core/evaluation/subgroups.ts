// The subgroups that every model is measured in.

import type { Encounter } from '../encounter/contract.ts';
import type { Slice } from './slices.ts';

/** Subgroups in which a model must hold up: name of the slice, and the level of an encounter. */
export const SUBGROUPS: Readonly<Record<string, (encounter: Encounter) => string>> = {
  gender: (e) => e.gender,
  race: (e) => e.race,
  age: (e) => e.age_bucket,
  admission_type: (e) => String(e.admission_type_id),
  specialty: (e) => e.medical_specialty ?? 'unknown',
};

/** Levels in text order, so that the same rows in another order give the same slice. */
export function sliceOf(values: readonly string[]): Slice {
  const levels = [...new Set(values)].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { levels, codes: Uint16Array.from(values, (value) => codeOf.get(value) ?? 0) };
}
