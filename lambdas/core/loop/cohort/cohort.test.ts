import { expect, test } from 'vitest';
import { cohortsOf, daysBetween, newestRipeDay, type Predicted, ripeAt } from './cohort.ts';

const at = (text: string) => Date.parse(text);
const predicted = (prediction_id: string, from: string): Predicted => ({
  ...{ prediction_id, from: at(from), margin: -2, probability: 0.1 },
});
const PREDICTED = [
  predicted('b', '2026-01-01T23:59:59.999Z'),
  predicted('a', '2026-01-01T00:00:00Z'),
  predicted('c', '2026-01-02T12:00:00Z'),
];
const EARLY_YES = [{ prediction_id: 'a', readmitted: true }];

test('an early yes does not count before every prediction of its day had 30 days and the grace', () => {
  const ripe = ripeAt('2026-01-01');
  expect(new Date(ripe).toISOString()).toBe('2026-02-08T00:00:00.000Z');
  expect(cohortsOf(PREDICTED, EARLY_YES, ripe - 1)).toMatchObject({
    cohorts: [
      { day: '2026-01-01', ripe: false, predictions: 2, outcomes: 1 },
      { day: '2026-01-02', ripe: false },
    ],
    scorable: [],
  });
  expect(cohortsOf(PREDICTED, EARLY_YES, ripe).scorable.map(({ prediction_id }) => prediction_id)).toEqual(['a']);
});

test('what is scored does not depend on the order of records, and an outcome of an unknown prediction scores nothing', () => {
  const outcomes = [...EARLY_YES, { prediction_id: 'b', readmitted: false }, { prediction_id: 'x', readmitted: true }];
  const now = at('2026-06-01T00:00:00Z');
  const forwards = cohortsOf(PREDICTED, outcomes, now);
  expect(cohortsOf(PREDICTED.toReversed(), outcomes.toReversed(), now)).toEqual(forwards);
  expect(forwards.scorable.map(({ prediction_id, readmitted }) => [prediction_id, readmitted])).toEqual([
    ['a', true],
    ['b', false],
  ]);
});

test('the newest ripe day is the last one whose time has come', () => {
  const now = ripeAt('2026-01-31');
  expect([newestRipeDay(now), newestRipeDay(now - 1)]).toEqual(['2026-01-31', '2026-01-30']);
  expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysBetween('2026-03-01', '2026-02-27')).toEqual([]);
});
