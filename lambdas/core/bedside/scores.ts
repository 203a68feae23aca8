// Scores that a nurse can add up at the bedside: what a model has to beat to be worth running at all.
import type { CodingSystem } from '../encounter/coding.ts';
import type { Encounter } from '../encounter/contract.ts';
import { laceIndex } from '../encounter/features/scores.ts';
import { type View, viewer } from '../encounter/features/view.ts';

export interface BedsideScore {
  /** Key in the records of an evaluation. */
  readonly name: string;
  /** How tables call it. */
  readonly title: string;
  readonly source: string;
  /** What of the published score these fields do not hold. */
  readonly missing: string;
  /** Whole points; more = a readmission is likelier. */
  readonly points: (view: View) => number;
}

export const BEDSIDE_SCORES: readonly BedsideScore[] = [
  {
    name: 'number_inpatient',
    title: 'inpatient stays of the year before',
    source: 'a single field',
    missing: 'nothing',
    points: ({ encounter }) => encounter.number_inpatient,
  },
  {
    name: 'lace_like',
    title: 'LACE-like score',
    source: 'van Walraven et al. 2010, CMAJ 182:551',
    missing:
      'comorbidity is read from three diagnoses without diabetes, which everybody here has; emergency visits are those of a year, not of half a year',
    points: laceIndex,
  },
  {
    name: 'hospital_like',
    title: 'HOSPITAL-like score',
    source: 'Donze et al. 2013, JAMA Internal Medicine 173:632',
    missing:
      'haemoglobin and sodium at discharge, and the oncology ward, which half of the encounters would not name: four of its seven items remain, 8 of 13 points',
    points: hospitalPoints,
  },
];

/** Emergency and urgent admissions (admission_type_id). */
const ACUTE: ReadonlySet<number> = new Set([1, 2]);

/** Procedure 1, index admission acute 1, admissions of the year before (1-5) 2 or (more) 5, length of stay of 5 days and more 2. */
function hospitalPoints({ encounter }: View): number {
  const admissions = encounter.number_inpatient;
  return (
    (encounter.num_procedures > 0 ? 1 : 0) +
    (ACUTE.has(encounter.admission_type_id) ? 1 : 0) +
    (admissions > 5 ? 5 : admissions > 0 ? 2 : 0) +
    (encounter.time_in_hospital >= 5 ? 2 : 0)
  );
}

/** Points of each encounter that `add` is given, a list a score in the order of BEDSIDE_SCORES. */
export class BedsideGatherer {
  readonly points: readonly number[][] = BEDSIDE_SCORES.map(() => []);
  private readonly look: (view: View, encounter: Encounter) => void;
  private view: View | undefined;

  constructor(coding: CodingSystem) {
    this.look = viewer(coding);
  }

  add(encounter: Encounter): void {
    this.view ??= { encounter, first: null, second: null, third: null, conditions: 0, comorbidities: 0 };
    this.look(this.view, encounter);
    for (const [index, score] of BEDSIDE_SCORES.entries()) this.points[index].push(score.points(this.view));
  }
}
