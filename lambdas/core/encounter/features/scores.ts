// Clinical scores: comorbidity, and the LACE index of early readmission or death.
import { charlsonIndex } from '../comorbidity.ts';
import type { FeatureSpec, View } from './view.ts';

const DIAGNOSES = ['diag_1', 'diag_2', 'diag_3'] as const;

/** Emergency and urgent admissions (admission_type_id). */
const isAcute = (type: number) => type === 1 || type === 2;

/**
 * Length of stay, acuteness, comorbidity, emergency visits: van Walraven et al. 2010 (CMAJ 182:551). 0..19; visits are
 * those of a year, the paper's are those of half a year.
 */
export function laceIndex({ encounter, comorbidities }: View): number {
  const charlson = charlsonIndex(comorbidities);
  return (
    stayPoints(encounter.time_in_hospital) +
    (isAcute(encounter.admission_type_id) ? 3 : 0) +
    (charlson >= 4 ? 5 : charlson) +
    Math.min(4, encounter.number_emergency)
  );
}

function stayPoints(days: number): number {
  if (days <= 3) return days;
  if (days <= 6) return 4;
  return days <= 13 ? 5 : 7;
}

export const SCORE_FEATURES: readonly FeatureSpec[] = [
  { name: 'charlson_index', sources: DIAGNOSES, kind: 'numeric', value: (v) => charlsonIndex(v.comorbidities) },
  {
    name: 'lace_index',
    sources: ['time_in_hospital', 'admission_type_id', ...DIAGNOSES, 'number_emergency'],
    kind: 'numeric',
    value: laceIndex,
  },
];
