import { expect, test } from 'vitest';
import { ALPHA, addOutcomes, calibrationAlarm, noEvidence } from './calibration-alarm.ts';

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Outcomes whose log-odds differ by `shift` from those predicted. */
function outcomes(random: () => number, rows: number, shift: number) {
  const probabilities = Float64Array.from({ length: rows }, () => 0.03 + 0.2 * random());
  const labels = Uint8Array.from(probabilities, (p) => {
    const odds = (p / (1 - p)) * Math.exp(shift);
    return random() < odds / (1 + odds) ? 1 : 0;
  });
  return { probabilities, labels };
}

const alarmAfter = (seed: number, rows: number, shift: number) => {
  const { probabilities, labels } = outcomes(generator(seed), rows, shift);
  return calibrationAlarm(addOutcomes(noEvidence(), probabilities, labels), ALPHA);
};

test.each([0, 0.1, -0.1])(
  'looked at after each of 1,500 outcomes, a model off by %f log-odds raises at most alpha alarms',
  (shift) => {
    const raised = Array.from({ length: 300 }, (_, seed) => alarmAfter(seed, 1500, shift)).filter(
      (alarm) => alarm.raised,
    );
    expect(raised.length).toBeLessThanOrEqual(15); // alpha of 300; in truth fewer, as only one edge of the tolerance is met
  },
);

test('a rate that falls to .79 of the predicted one is found within two windows of 5,000, in the right direction', () => {
  const alarms = Array.from({ length: 50 }, (_, seed) => alarmAfter(seed, 10_000, Math.log(0.79) / 0.9));
  expect(alarms.filter(({ raised }) => raised).length).toBeGreaterThanOrEqual(48);
  expect(new Set(alarms.map(({ direction }) => direction ?? 'none'))).not.toContain('more_than_predicted');
});

test('a rate that rises is found as rising', () => {
  expect(alarmAfter(1, 5000, 0.5)).toMatchObject({ raised: true, direction: 'more_than_predicted' });
});

test('evidence kept between windows is the evidence of all outcomes at once', () => {
  const { probabilities, labels } = outcomes(generator(3), 500, 0.2);
  const first = addOutcomes(noEvidence(), probabilities.subarray(0, 123), labels.subarray(0, 123));
  const then = addOutcomes(first, probabilities.subarray(123), labels.subarray(123));
  expect(then).toEqual(addOutcomes(noEvidence(), probabilities, labels));
});

test('a probability of 0 that comes true does not break the evidence', () => {
  const evidence = addOutcomes(noEvidence(), Float64Array.of(0, 1), Uint8Array.of(1, 0));
  expect(Number.isFinite(evidence.highest)).toBe(true);
});
