// What drift work needs of the encounters behind predictions: a few fields in coarse levels, counted. No value as given.
import * as z from 'zod';
import type { Encounter } from '../encounter/contract.ts';

/** Counts by level, by field. */
export type FeatureSummary = Readonly<Record<string, Readonly<Record<string, number>>>>;

// Not z.record, which copies every member: the monitor reads thousands of these a second and keeps them as they are.
export const featureSummarySchema = z.custom<FeatureSummary>(isFeatureSummary, 'counts by level, by field');

/** Levels so wide that a row of them fits thousands of patients. The fields are those that weigh most in the models. */
const LEVELS: Readonly<Record<string, (encounter: Encounter) => string>> = {
  age: ({ age_bucket: [, tens] }) => (tens === undefined || tens < '5' ? '<50' : tens < '7' ? '50-69' : '70+'),
  days: ({ time_in_hospital: days }) => (days <= 2 ? '1-2' : days <= 5 ? '3-5' : '6+'),
  medications: ({ num_medications: n }) => (n < 10 ? '<10' : n < 20 ? '10-19' : '20+'),
  inpatient: ({ number_inpatient: n }) => (n === 0 ? '0' : n === 1 ? '1' : '2+'),
  emergency: ({ number_emergency: n }) => (n === 0 ? '0' : '1+'),
  a1c: ({ a1c_result: result }) => (result === null || result === 'None' ? 'not measured' : 'measured'),
};

export function summarizeFeatures(encounters: readonly Encounter[]): FeatureSummary {
  const summary: Record<string, Record<string, number>> = {};
  for (const [field, levelOf] of Object.entries(LEVELS)) {
    const counts: Record<string, number> = {};
    for (const encounter of encounters) {
      const level = levelOf(encounter);
      counts[level] = (counts[level] ?? 0) + 1;
    }
    summary[field] = counts;
  }
  return summary;
}

function isFeatureSummary(value: unknown): value is FeatureSummary {
  return isObject(value) && Object.values(value).every(isCounts);
}

function isCounts(value: unknown): value is Readonly<Record<string, number>> {
  return isObject(value) && Object.values(value).every(Number.isSafeInteger);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
