// The model's inputs, computed from the fields of an encounter. Training and serving call this one function.
import type { Dataset } from '../../dataset/dataset.ts';
import type { Encounter } from '../fields/index.ts';
import type { Feature } from '../matrix.ts';
import { admissionFeatures } from './admission.ts';
import { COUNT_FEATURES } from './counts.ts';
import { CONDITION_FEATURES, DIABETES_FEATURES, diagnosisCategoryFeatures } from './diagnoses.ts';
import { SCORE_FEATURES } from './scores.ts';
import { type FeatureSpec, type View, viewer } from './view.ts';

export interface FeatureSet {
  /** The columns of the feature matrix, in order. */
  readonly features: readonly Feature[];
  /**
   * Writes the `features.length` values of one encounter from `out[offset]` on. Category values are level indices,
   * missing values NaN. The same encounter gives the same bits, whether it came as a dataset row or as a request.
   */
  write(encounter: Encounter, out: Float32Array, offset: number): void;
}

const made = new WeakMap<Dataset, FeatureSet>();

/** The features that a dataset's fields allow, in one order for all datasets; the same object for the same dataset. */
export function featureSet(dataset: Dataset): FeatureSet {
  const known = made.get(dataset);
  if (known !== undefined) return known;
  const set = makeSet(dataset);
  made.set(dataset, set);
  return set;
}

function makeSet(dataset: Dataset): FeatureSet {
  const fields: ReadonlySet<string> = new Set(dataset.fields.map(({ name }) => name));
  const specs = specsOf(dataset).filter(({ sources }) => sources.every((source) => fields.has(source)));
  const formulas = specs.map((spec) => spec.value);
  const look = viewer(dataset.coding);
  let view: View | undefined;
  return {
    features: specs.map(({ name, sources, kind, levels }) =>
      levels === undefined ? { name, sources, kind } : { name, sources, kind, levels },
    ),
    write: (encounter, out, offset) => {
      view ??= { encounter, first: null, second: null, third: null, conditions: 0, comorbidities: 0 };
      look(view, encounter);
      let at = offset;
      for (const formula of formulas) out[at++] = formula(view);
    },
  };
}

const specsOf = (dataset: Dataset): readonly FeatureSpec[] => [
  ...COUNT_FEATURES,
  ...CONDITION_FEATURES,
  ...DIABETES_FEATURES,
  ...SCORE_FEATURES,
  ...admissionFeatures(dataset.levels),
  ...diagnosisCategoryFeatures(dataset),
];
