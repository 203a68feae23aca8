import { expect, test } from 'vitest';
import { encounterSchema } from '../encounter/contract.ts';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../encounter/examples.ts';
import { predictionLine, predictionLineSchema } from './prediction-line.ts';

const presets = [LOW_RISK_PRESET, HIGH_RISK_PRESET];
const line = predictionLine({
  ...{ requestId: 'r', time: 0, modelVersion: '3', durationMs: 2.34567, errors: 1 },
  encounters: presets.map((preset) => encounterSchema.parse(preset)),
  judged: [
    { prediction: 0, probability: 0.1, warnings: [] },
    { prediction: 1, probability: 0.3, warnings: [{ code: 'unseen_value', field: 'diag_1', message: 'm' }] },
  ],
});

test('a line says what was predicted, how fast, with which warnings, for encounters of which kind', () => {
  expect(predictionLineSchema.parse(line)).toMatchObject({
    ...{ event: 'prediction', request_id: 'r', model_version: '3', class_0: 1, class_1: 1, invalid: 1 },
    ...{ duration_ms: 2.346, mean_probability: 0.2, warnings: { unseen_value: 1 } },
  });
  const counted = Object.values(line.features).map((levels) => Object.values(levels).reduce((sum, n) => sum + n, 0));
  expect(counted).toEqual(counted.map(() => presets.length));
});

test('no value of an encounter is in it, only levels that many patients share', () => {
  const text = JSON.stringify(line);
  for (const preset of presets) {
    for (const [field, value] of Object.entries(preset)) {
      expect(text).not.toContain(`"${field}"`);
      if (typeof value === 'string' && value.length > 4) expect(text).not.toContain(value);
    }
  }
});

test('CloudWatch finds the metrics that the line announces', () => {
  const { _aws: announced, ...members } = line;
  const names = JSON.stringify(announced).match(/"Name":"(\w+)"/g) ?? [];
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(Object.keys(members)).toContain(name.split('"')[3]);
});
