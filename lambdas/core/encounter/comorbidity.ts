// The Charlson comorbidity index of what the three diagnoses show. Charlson et al. 1987 (J Chronic Dis 40:373), ICD-9-CM
// codes by category after Deyo et al. 1992 (J Clin Epidemiol 45:613); diabetes is left out, everybody here has it.
import type { Diagnosis, Position } from './icd9.ts';

interface Comorbidity {
  readonly name: string;
  readonly weight: number;
  readonly ranges: readonly (readonly [Position, Position])[];
}

// biome-ignore format: a table
const COMORBIDITIES: readonly Comorbidity[] = [
  { name: 'myocardial infarction', weight: 1, ranges: [[410, 412]] },
  { name: 'heart failure', weight: 1, ranges: [[402, 402], [404, 404], [428, 428]] },
  { name: 'peripheral vascular disease', weight: 1, ranges: [[440, 443], [785, 785]] },
  { name: 'cerebrovascular disease', weight: 1, ranges: [[430, 438]] },
  { name: 'dementia', weight: 1, ranges: [[290, 290], [294, 294], [331, 331]] },
  { name: 'chronic pulmonary disease', weight: 1, ranges: [[490, 496], [500, 505]] },
  { name: 'rheumatic disease', weight: 1, ranges: [[710, 710], [714, 714], [725, 725]] },
  { name: 'peptic ulcer disease', weight: 1, ranges: [[531, 534]] },
  { name: 'mild liver disease', weight: 1, ranges: [[571, 571]] },
  { name: 'hemiplegia', weight: 2, ranges: [[342, 342], [344, 344]] },
  { name: 'kidney disease', weight: 2, ranges: [[582, 583], [585, 588]] },
  { name: 'cancer', weight: 2, ranges: [[140, 172], [174, 195], [200, 208]] },
  { name: 'severe liver disease', weight: 3, ranges: [[572, 572]] },
  { name: 'metastatic cancer', weight: 6, ranges: [[196, 199]] },
  { name: 'HIV infection', weight: 6, ranges: [[42, 44]] },
];

/** A bit for each comorbidity that the diagnosis shows. */
export function comorbidityBits({ position }: Diagnosis): number {
  return COMORBIDITIES.reduce(
    (bits, { ranges }, i) => bits | (Number(ranges.some(([from, to]) => position >= from && position <= to)) << i),
    0,
  );
}

/** Sum of the weights, each comorbidity counted once. @param bits the union of comorbidityBits */
export function charlsonIndex(bits: number): number {
  let index = 0;
  for (let i = 0; i < COMORBIDITIES.length; i++) index += ((bits >>> i) & 1) * COMORBIDITIES[i].weight;
  return index;
}
