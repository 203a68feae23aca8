import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { predictionId } from '../record/prediction-id.ts';
import { outOfOrder } from './order.ts';
import { outcomesBodySchema, type Reported } from './report.ts';
import { contentOf, type Revision, resolve } from './revisions.ts';

const ID = predictionId(Date.parse('2026-11-01T12:00:00Z'), 'request-1', 7);
const NOW = Date.parse('2026-12-24T00:00:00Z');
const reported = (more: Partial<Reported>): Reported => ({
  ...{ prediction_id: ID, readmitted: true, observed_at: '2026-11-20T00:00:00Z', source: 'feed', ...more },
});

test.each([
  ['a yes within the 30 days', {}, null],
  ['a no after the 30 days', { readmitted: false, observed_at: '2026-12-02T00:00:00Z' }, null],
  ['a no before they are over', { readmitted: false }, 'outcomes.3.observed_at'],
  ['a no 30 days after an earlier discharge', { readmitted: false, discharged_at: '2026-10-20T00:00:00Z' }, null],
  ['an outcome before the prediction', { observed_at: '2026-10-31T23:00:00Z' }, 'outcomes.3.observed_at'],
  ['an outcome of tomorrow', { observed_at: '2026-12-25T00:00:00Z' }, 'outcomes.3.observed_at'],
  ['a discharge after the outcome', { discharged_at: '2026-11-21T00:00:00Z' }, 'outcomes.3.discharged_at'],
] as const)('%s', (_, more, field) => {
  expect(outOfOrder(reported(more), 3, NOW).map((error) => error.field)).toEqual(field === null ? [] : [field]);
});

test.each([
  ['both names', { ...reported({}), encounter_ref: 'stay-1' }],
  ['no name', { ...reported({}), prediction_id: undefined }],
  ['a name that is none', reported({ prediction_id: 'Jane Doe' })],
  ['a source that names a person', reported({ source: 'Dr. Doe' })],
  ['a field too many', { ...reported({}), patient: 'Jane' }],
])('%s is refused', (_, outcome) => {
  expect(outcomesBodySchema.safeParse({ outcomes: [outcome] }).success).toBe(false);
});

const revision: fc.Arbitrary<Revision> = fc.record({
  prediction_id: fc.constantFrom('a', 'b'),
  readmitted: fc.boolean(),
  observed_at: fc.constantFrom('2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'),
  discharged_at: fc.constant(null),
  source: fc.constantFrom('feed', 'file'),
  actor: fc.constant('x'),
  recorded_at: fc.constantFrom('2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'),
});

test('which revision holds depends neither on the order of reports nor on how often one came', () => {
  fc.assert(
    fc.property(fc.array(revision, { minLength: 1, maxLength: 8 }), (all) => {
      const sorted = (of: readonly Revision[]) =>
        resolve(of).toSorted((a, b) => (a.prediction_id < b.prediction_id ? -1 : 1));
      expect(sorted([...all, ...all].toReversed())).toEqual(sorted(all));
    }),
  );
});

test('a correction that was observed later holds; the same report again is the same revision', () => {
  const first = {
    ...fc.sample(revision, { seed: 1, numRuns: 1 })[0],
    readmitted: false,
    observed_at: '2026-12-02T00:00:00.000Z',
  };
  const corrected = { ...first, readmitted: true, observed_at: '2026-12-05T00:00:00.000Z' };
  expect(resolve([corrected, first])).toMatchObject([{ readmitted: true }]);
  expect(contentOf({ ...first, actor: 'other', recorded_at: 'later' })).toBe(contentOf(first));
  expect(contentOf(corrected)).not.toBe(contentOf(first));
});
