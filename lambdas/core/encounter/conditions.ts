// Conditions that raise the risk of readmission, found in any of the three diagnoses by ranges of ICD-9-CM categories.
import type { Diagnosis, Position } from './icd9.ts';

export interface Condition {
  readonly name: string;
  readonly ranges: readonly (readonly [Position, Position])[];
}

/** At most 32: each is a bit of a number. */
export const CONDITIONS: readonly Condition[] = [
  { name: 'heart_failure', ranges: [[428, 428]] },
  { name: 'kidney_disease', ranges: [[585, 586]] },
  { name: 'copd', ranges: [[490, 496]] },
  { name: 'ischemic_heart_disease', ranges: [[410, 414]] },
  { name: 'arrhythmia', ranges: [[427, 427]] },
  { name: 'neoplasm', ranges: [[140, 239]] },
  { name: 'septicemia', ranges: [[38, 38]] },
  { name: 'mental_disorder', ranges: [[290, 319]] },
  { name: 'skin_ulcer', ranges: [[707, 707]] },
  { name: 'fluid_disorder', ranges: [[276, 276]] },
  { name: 'anemia', ranges: [[280, 285]] },
  { name: 'liver_disease', ranges: [[570, 573]] },
  { name: 'hypertensive_kidney_disease', ranges: [[403, 404]] },
  { name: 'dialysis_or_other_procedure_state', ranges: [[1045, 1045]] },
];

/** Whether the diagnosis falls in the condition's ranges. */
export function hasCondition(diagnosis: Diagnosis, condition: Condition): boolean {
  return condition.ranges.some(([from, to]) => diagnosis.position >= from && diagnosis.position <= to);
}

/**
 * What the decimals of a 250.xy code say (ICD-9-CM 250): x = 1..9 a complication, y = 1 or 3 type 1, y = 2 or 3
 * uncontrolled. All false for other codes and where digits are missing.
 */
export function readDiabetes(diagnosis: Diagnosis): { complication: boolean; type1: boolean; uncontrolled: boolean } {
  const [fourth = '0', fifth = '0'] = diagnosis.position === 250 ? diagnosis.decimals : '';
  return {
    complication: fourth !== '0',
    type1: fifth === '1' || fifth === '3',
    uncontrolled: fifth === '2' || fifth === '3',
  };
}
