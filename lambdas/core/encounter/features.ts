// The model's inputs, computed from the fields of an encounter. Training and serving call this one function.
import type { Encounter } from './contract.ts';
import { ADMISSION_FEATURES } from './features/admission.ts';
import { COUNT_FEATURES } from './features/counts.ts';
import { CONDITION_FEATURES, DIABETES_FEATURES, DIAGNOSIS_CATEGORY_FEATURES } from './features/diagnoses.ts';
import { SCORE_FEATURES } from './features/scores.ts';
import { type FeatureSpec, look, type View } from './features/view.ts';
import type { Feature } from './matrix.ts';

const SPECS: readonly FeatureSpec[] = [
  ...COUNT_FEATURES,
  ...CONDITION_FEATURES,
  ...DIABETES_FEATURES,
  ...SCORE_FEATURES,
  ...ADMISSION_FEATURES,
  ...DIAGNOSIS_CATEGORY_FEATURES,
];

/** The columns of the feature matrix, in order. */
export const FEATURES: readonly Feature[] = SPECS.map(({ name, sources, kind, levels }) =>
  levels === undefined ? { name, sources, kind } : { name, sources, kind, levels },
);

const FORMULAS = SPECS.map((spec) => spec.value);

let view: View | undefined;

/**
 * Writes the `FEATURES.length` values of one encounter from `out[offset]` on. Category values are level indices,
 * missing values NaN. The same encounter gives the same bits, whether it came as a dataset row or as a request.
 */
export function writeFeatures(encounter: Encounter, out: Float32Array, offset: number): void {
  view ??= { encounter, first: null, second: null, third: null, conditions: 0, comorbidities: 0 };
  look(view, encounter);
  let at = offset;
  for (const formula of FORMULAS) out[at++] = formula(view);
}
