import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { predictionLine } from '../core/serving/prediction-line.ts';
import { readDelivery } from './delivery.ts';

const messageOf = (requestId: string) =>
  JSON.stringify(
    predictionLine({
      ...{ requestId, time: 0, environment: 'test', dataset: 'd', contract: '0'.repeat(16), explained: false },
      ...{ model: { version: '1', sha256: 'a'.repeat(64), threshold: 0.2 }, levels: null, durationMs: 2, errors: 0 },
      judged: [{ position: 0, prediction: 1, margin: -1, probability: 0.3, warnings: [] }],
    }),
  );
const eventOf = (messages: readonly string[], more: Readonly<Record<string, unknown>> = {}, firstId = 0) => {
  const payload = {
    ...{ messageType: 'DATA_MESSAGE', owner: '000000000000', logGroup: '/g', logStream: 's' },
    subscriptionFilters: ['f'],
    logEvents: messages.map((message, i) => ({ id: String(firstId + i), timestamp: 1_700_000_000_000 + i, message })),
    ...more,
  };
  return { awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') } };
};

test('only lines of predictions are taken, with their times', () => {
  const { lines } = readDelivery(
    eventOf(['START RequestId: x', messageOf('a'), '{"event":"model_taken"}', messageOf('b')]),
  );
  expect(lines.map(({ time, line }) => [time, line.request_id])).toEqual([
    [1_700_000_000_001, 'a'],
    [1_700_000_000_003, 'b'],
  ]);
});

test('a repeated delivery is recognized, even when CloudWatch gave the lines new ids', () => {
  const first = readDelivery(eventOf([messageOf('a'), messageOf('b')]));
  expect(readDelivery(eventOf([messageOf('a'), messageOf('b')])).id).toBe(first.id);
  expect(readDelivery(eventOf([messageOf('a'), messageOf('b')], {}, 100)).id).toBe(first.id);
});

test('other lines, or the same from another stream, are another delivery', () => {
  const ids = [
    eventOf([messageOf('a')]),
    eventOf([messageOf('b')]),
    eventOf([messageOf('a'), messageOf('b')]),
    eventOf([messageOf('a')], { logStream: 'other' }),
    eventOf([messageOf('a')], { logGroup: '/other' }),
  ].map((event) => readDelivery(event).id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("CloudWatch's own check of the destination counts nothing", () => {
  const event = eventOf(['CWL CONTROL MESSAGE: Checking health of destination.'], { messageType: 'CONTROL_MESSAGE' });
  expect(readDelivery(event).lines).toEqual([]);
});
