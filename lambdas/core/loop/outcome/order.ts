// Dates that cannot be: an outcome known before there was a prediction, or a "no" before the 30 days were over.
import type { FieldError } from '../../problem/problem.ts';
import { OUTCOME_DAYS } from '../cohort/cohort.ts';
import { parsePredictionId } from '../record/prediction-id.ts';
import type { Reported } from './report.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Clocks of two systems differ. */
const SKEW_MS = 5 * 60 * 1000;

/**
 * What is out of order, by field; empty where all is well.
 * @param index position in the report
 * @param now milliseconds since 1970
 */
export function outOfOrder(reported: Reported, index: number, now: number): FieldError[] {
  const observed = Date.parse(reported.observed_at);
  const discharged = reported.discharged_at === undefined ? null : Date.parse(reported.discharged_at);
  const predicted = predictedOn(reported);
  const from = discharged ?? predicted;
  const at = (field: keyof Reported, detail: string): FieldError => ({
    ...{ pointer: `/outcomes/${index}/${field}`, field: `outcomes.${index}.${field}`, detail, code: 'out_of_order' },
  });
  if (observed > now + SKEW_MS) return [at('observed_at', 'lies in the future')];
  if (discharged !== null && discharged > observed) return [at('discharged_at', 'lies after observed_at')];
  if (predicted !== null && observed < predicted) return [at('observed_at', 'lies before the day of the prediction')];
  if (!reported.readmitted && from !== null && observed < from + OUTCOME_DAYS * DAY_MS) {
    return [at('observed_at', `a "no" is known ${OUTCOME_DAYS} days after the discharge at the earliest`)];
  }
  return [];
}

/** The start of the prediction's day, as its name says it; null where only a reference is given. */
function predictedOn({ prediction_id }: Reported): number | null {
  const parts = prediction_id === undefined ? null : parsePredictionId(prediction_id);
  return parts === null ? null : Date.parse(`${parts.day}T00:00:00Z`);
}
