// Features of the three diagnoses: conditions found in any of them, and the first one's group and category as levels.
import type { Dataset } from '../../dataset/dataset.ts';
import type { DiagnosisFacts } from '../coding.ts';
import { CONDITIONS } from '../conditions.ts';
import { category } from './category.ts';
import type { FeatureSpec, View } from './view.ts';

const ALL = ['diag_1', 'diag_2', 'diag_3'] as const;

const any = (view: View, test: (facts: DiagnosisFacts) => boolean): number =>
  Number(
    (view.first !== null && test(view.first)) ||
      (view.second !== null && test(view.second)) ||
      (view.third !== null && test(view.third)),
  );
const uncontrolled = (facts: DiagnosisFacts) => facts.diabetes.uncontrolled;
const type1 = (facts: DiagnosisFacts) => facts.diabetes.type1;
const complication = (facts: DiagnosisFacts) => facts.diabetes.complication;
const circulatory = (facts: DiagnosisFacts | null) => Number(facts?.group === 'circulatory');

export const CONDITION_FEATURES: readonly FeatureSpec[] = CONDITIONS.map((condition, bit) => ({
  name: `any_${condition.name}`,
  sources: ALL,
  kind: 'numeric',
  value: (view) => (view.conditions >>> bit) & 1,
}));

export const DIABETES_FEATURES: readonly FeatureSpec[] = [
  { name: 'diabetes_uncontrolled', sources: ALL, kind: 'numeric', value: (view) => any(view, uncontrolled) },
  { name: 'diabetes_type1', sources: ALL, kind: 'numeric', value: (view) => any(view, type1) },
  { name: 'diabetes_complication', sources: ALL, kind: 'numeric', value: (view) => any(view, complication) },
  {
    name: 'diabetes_primary',
    sources: ['diag_1'],
    kind: 'numeric',
    value: (v) => Number(v.first?.diabetes.any ?? false),
  },
  {
    name: 'n_circulatory',
    sources: ALL,
    kind: 'numeric',
    value: (v) => circulatory(v.first) + circulatory(v.second) + circulatory(v.third),
  },
];

/** Of the second and third diagnosis the conditions say more: levels of their own lowered the cross-validated AUROC. */
export const diagnosisCategoryFeatures = ({ coding, levels }: Dataset): readonly FeatureSpec[] => [
  category('diag_1_group', 'diag_1', coding.groups, (v) => v.first?.group),
  category('diag_1_category', 'diag_1', levels.primaryDiagnoses, (v) => v.first?.category),
];
