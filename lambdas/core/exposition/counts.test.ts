import fc from 'fast-check';
import { expect, test } from 'vitest';
import { predictionLine } from '../serving/prediction-line.ts';
import { DURATION_BOUNDS } from './buckets.ts';
import { addCounts, type Counts, countLine, emptyCounts } from './counts.ts';
import { type CountedLine, parseEventLine } from './event-line.ts';
import { fromItems, toAdditions } from './stored.ts';

const judgedArb = fc.record({
  prediction: fc.constantFrom<0 | 1>(0, 1),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  warnings: fc.constant([]),
  position: fc.nat(999),
  margin: fc.double({ min: -6, max: 2, noNaN: true }),
});
const lineArb: fc.Arbitrary<CountedLine> = fc.oneof(
  fc
    .record({
      requestId: fc.uuid(),
      time: fc.constant(0),
      environment: fc.constant('test'),
      dataset: fc.constant('d'),
      model: fc.record({
        version: fc.constantFrom('1', '2', '10'),
        sha256: fc.constant('a'.repeat(64)),
        threshold: fc.constant(0.2),
      }),
      contract: fc.constant('0'.repeat(16)),
      explained: fc.boolean(),
      levels: fc.constant(null),
      judged: fc.array(judgedArb, { maxLength: 5 }),
      durationMs: fc.double({ min: 0, max: 40_000, noNaN: true }),
      errors: fc.nat(3),
    })
    .map(predictionLine),
  fc.record({
    event: fc.constant('request_error' as const),
    route: fc.constant('POST /predict'),
    error_type: fc.constantFrom('invalid', 'no-model'),
    status: fc.constant(422),
    request_id: fc.uuid(),
  }),
);

const countOf = (lines: readonly CountedLine[]): Counts => {
  const counts = emptyCounts();
  for (const line of lines) countLine(counts, line, 1_700_000_000_000);
  return counts;
};
const sorted = (counts: Counts) => ({
  ...counts,
  errors: [...counts.errors].sort(),
  models: [...counts.models.values()].sort((a, b) => a.version.localeCompare(b.version)),
});

/** What the counters hold after these deliveries: DynamoDB's ADD, on items by sort key. */
function stored(deliveries: readonly Counts[]): unknown[] {
  const items = new Map<string, Record<string, number>>();
  for (const { sk, add, newestEvent } of deliveries.flatMap(toAdditions)) {
    const item = items.get(sk) ?? {};
    for (const [name, n] of Object.entries(add)) item[name] = (item[name] ?? 0) + n;
    items.set(sk, { ...item, newest_event: newestEvent });
  }
  return [...items].map(([sk, item]) => ({ pk: 'counters#00', sk, ...item }));
}

test('the same lines give the same counts however they are grouped into deliveries and shards', () => {
  fc.assert(
    fc.property(fc.array(fc.array(lineArb, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), (groups) => {
      const whole = countOf(groups.flat());
      const inShards = fromItems(groups.flatMap((group) => stored([countOf(group)])));
      expect(sorted(inShards)).toEqual(sorted({ ...whole, deliveries: groups.length }));
      const inOne = fromItems(stored(groups.map(countOf)));
      expect(sorted(inOne)).toEqual(sorted({ ...whole, deliveries: groups.length }));
    }),
  );
});

test('every bucket holds all that is not slower than its bound', () => {
  fc.assert(
    fc.property(fc.array(lineArb, { maxLength: 20 }), (lines) => {
      for (const model of countOf(lines).models.values()) {
        const durations = lines.flatMap((line) =>
          line.event === 'prediction' && line.model_version === model.version ? [line.duration_ms / 1000] : [],
        );
        expect(model.requests).toBe(durations.length);
        expect(model.buckets).toEqual(
          DURATION_BOUNDS.map((bound) => durations.filter((seconds) => seconds <= bound).length),
        );
      }
    }),
  );
});

test('sums of durations are exact: a hundred thousand times 0.1 ms is 10 s', () => {
  const total = emptyCounts();
  const one = countOf([
    {
      ...{ event: 'prediction', request_id: 'r', model_version: '1', class_0: 1, class_1: 0, invalid: 0 },
      ...{ duration_ms: 0.1, warnings: {}, mean_probability: 0.1 },
    },
  ]);
  for (let i = 0; i < 100_000; i++) addCounts(total, one);
  expect(total.models.get('1')?.duration_us).toBe(10_000_000);
});

test.each([
  ['a console line of the runtime', '2026-11-01T00:00:00.000Z\tid\tINFO\t{"event":"prediction"}'],
  ['another event', '{"event":"model_taken","model_version":"1"}'],
  [
    'a route that does not predict',
    '{"event":"request_error","route":"POST /reload-model","error_type":"internal","status":500,"request_id":"r"}',
  ],
  [
    'a version that is no name',
    '{"event":"request_error","route":"POST /predict","error_type":"a\\"b","status":500,"request_id":"r"}',
  ],
])('%s is not counted', (_, message) => {
  expect(parseEventLine(message)).toBeNull();
});
