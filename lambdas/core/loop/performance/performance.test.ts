import { expect, test } from 'vitest';
import { DIABETES_130 } from '../../dataset/diabetes-130/index.ts';
import type { PredictionRecord } from '../record/record.ts';
import { levelTable } from '../sketch/levels.ts';
import type { KeyedSketch } from '../sketch/of-lines.ts';
import { addLevels, addScored, emptySketch } from '../sketch/sketch.ts';
import { driftSchema, performanceSchema } from './answers.ts';
import { driftOf } from './drift.ts';
import { performanceOf } from './performance.ts';

const RANGE = { from: '2026-01-01', to: '2026-01-02' };
const record = (i: number, version: string): PredictionRecord => ({
  ...{ prediction_id: `20260101.r${i}.0`, time: Date.parse('2026-01-01T00:00:00Z') + i * 1000, dataset: 'd' },
  ...{ model_version: version, model_sha256: 'a'.repeat(64), contract: '0'.repeat(16), threshold: 0.2 },
  ...{ explained: false, margin: -2 + (i % 7) / 10, probability: 0.1 + (i % 7) / 50, warnings: [], encounter: null },
});
const RECORDS = Array.from({ length: 600 }, (_, i) => record(i, i < 500 ? '1' : '2'));
/** Every fifth comes back: an observed rate of .2. */
const OUTCOMES = RECORDS.map(({ prediction_id }, i) => ({ prediction_id, readmitted: i % 5 === 0 }));
const RIPE = Date.parse('2026-03-01T00:00:00Z');

test('figures are of ripe cohorts alone, by version, and equal a count by hand', () => {
  const answer = performanceSchema.parse(performanceOf(RANGE, { records: RECORDS, outcomes: OUTCOMES }, RIPE));
  const [first, second] = answer.versions;
  const expected = RECORDS.slice(0, 500).reduce((sum, { probability }) => sum + probability, 0);
  expect(first).toMatchObject({ model_version: '1', figures: { rows: 500, readmitted: 100 } });
  expect(first?.figures?.expected).toBeCloseTo(expected, 9);
  const ratio = first?.figures?.observed_expected;
  expect(ratio?.value).toBeCloseTo(100 / expected, 9);
  expect((ratio?.low ?? 9) < 100 / expected && 100 / expected < (ratio?.high ?? 0)).toBe(true);
  expect(second?.figures?.rows).toBe(100);
  expect(answer.note).toBeNull();
});

test('before the cohort is ripe nothing is scored, and the answer says when it will be', () => {
  const answer = performanceOf(RANGE, { records: RECORDS, outcomes: OUTCOMES }, Date.parse('2026-02-01T00:00:00Z'));
  expect(answer.versions.map(({ figures }) => figures)).toEqual([null, null]);
  expect(answer.versions.map(({ alarm }) => alarm.raised)).toEqual([false, false]);
  expect(answer.note).toBe('No cohort is ripe before 2026-02-08.');
});

test('an outcome without a prediction is told and scores nothing; days without predictions say so', () => {
  const stray = [{ prediction_id: '20260101.stray.0', readmitted: true }];
  const answer = performanceOf(RANGE, { records: RECORDS, outcomes: stray }, RIPE);
  expect(answer).toMatchObject({
    unknown_outcomes: 1,
    note: 'No outcome of a ripe cohort was reported: POST /outcomes.',
  });
  expect(performanceOf(RANGE, { records: [], outcomes: [] }, RIPE).note).toBe(
    'No prediction was recorded on these days.',
  );
});

const TABLE = levelTable(DIABETES_130);
const GENDER = TABLE.fields.findIndex(({ field }) => field === 'gender');

/** A day of 1,000 predictions, of which so many are of the first level of gender. */
function dayOf(day: string, first: number, margin: number): KeyedSketch {
  const sketch = emptySketch();
  for (let i = 0; i < 1000; i++) addScored(sketch, { margin: margin + (i % 10) / 10, probability: 0.1, warnings: [] });
  const counts = { [`${GENDER}.0`]: first, [`${GENDER}.1`]: 1000 - first };
  addLevels(sketch, { contract: TABLE.contract, rows: 1000, counts });
  return { day, dataset: 'd', version: '1', sketch };
}

test('a field that moved in two windows running is named and persistent; what stayed is not', () => {
  const moved = ['01', '02', '03', '04'].map((day, i) => dayOf(`2026-01-${day}`, i < 2 ? 500 : 650, -2));
  const { versions, note } = driftSchema.parse(driftOf(moved, TABLE, 1, RIPE));
  expect(note).toBeNull();
  expect(versions[0]).toMatchObject({
    reference: { from: '2026-01-01', to: '2026-01-02', level_rows: 2000 },
    window: { from: '2026-01-04', predictions: 1000 },
    fields: [{ field: 'gender', named: true, persistent: true }],
  });
  expect(versions[0]?.scores?.p).toBeGreaterThan(0.9);
});

test('a version that has no day after its reference has no drift, and the answer says why', () => {
  expect(driftOf([dayOf('2026-01-01', 500, -2)], TABLE, 7, RIPE)).toMatchObject({
    versions: [],
    note: expect.stringContaining('nothing to compare'),
  });
  expect(driftOf([], TABLE, 7, RIPE).note).toBe('No prediction was recorded yet.');
});
