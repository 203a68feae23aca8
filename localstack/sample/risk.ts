// The label of a made-up encounter: two additive models on the log-odds scale, early readmission and late.
import { SAMPLE } from '../../lambdas/core/dataset/sample.ts';
import type { HeaderColumn } from '../../lambdas/core/encounter/header.ts';
import { readDiagnosis } from '../../lambdas/core/encounter/icd9.ts';
import type { Draft } from './draft.ts';

/** Log-odds = intercept + the sum of each term's value for the level of the encounter. */
export interface AdditiveModel {
  readonly intercept: number;
  readonly terms: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const HOSPICE = new Set(['13', '14']);

type Level = (draft: Draft) => string;

const cell =
  (column: HeaderColumn): Level =>
  ({ cells }) =>
    cells[column] ?? '?';
/** Numbers in steps of `width`, the last one open. */
const steps =
  (column: HeaderColumn, width: number, last: number): Level =>
  ({ cells }) =>
    String(Math.min(last, Math.floor(Number(cells[column]) / width)));
const category =
  (column: HeaderColumn): Level =>
  ({ cells }) =>
    cells[column] === '?' ? '?' : readDiagnosis(cells[column] ?? '1').category;

/** What the risk depends on, by the name of the term. */
export const RISK_TERMS: Readonly<Record<string, Level>> = {
  inpatient: steps('number_inpatient', 1, 7),
  emergency: steps('number_emergency', 1, 4),
  outpatient: steps('number_outpatient', 1, 3),
  disposition: cell('discharge_disposition_id'),
  age: cell('age'),
  days: cell('time_in_hospital'),
  diagnoses: steps('number_diagnoses', 1, 9),
  medications: steps('num_medications', 5, 6),
  procedures: cell('num_procedures'),
  diag_1: category('diag_1'),
  diag_2: category('diag_2'),
  diag_3: category('diag_3'),
  insulin: cell('insulin'),
  diabetes_med: cell('diabetesMed'),
  a1c: cell('A1Cresult'),
  source: cell('admission_source_id'),
  specialty: cell('medical_specialty'),
};

const TERMS = Object.entries(RISK_TERMS);

export function probability(model: AdditiveModel, draft: Draft): number {
  let logit = model.intercept;
  for (const [name, level] of TERMS) logit += model.terms[name]?.[level(draft)] ?? 0;
  return 1 / (1 + Math.exp(-logit));
}

/** @param late the model of a readmission after 30 days among those without an early one */
export function drawLabel(early: AdditiveModel, late: AdditiveModel, draft: Draft, random: () => number): string {
  const [first, second] = [random(), random()];
  const disposition = draft.cells.discharge_disposition_id ?? '';
  if (SAMPLE.eligibility.ineligibleDispositions.has(Number(disposition)) && !HOSPICE.has(disposition)) return 'NO';
  if (first < probability(early, draft)) return '<30';
  return second < probability(late, draft) ? '>30' : 'NO';
}
