import { expect, test } from 'vitest';
import { DIABETES_130 } from '../dataset/diabetes-130/index.ts';
import { type Encounter, encounterSchema } from '../encounter/contract.ts';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../encounter/examples.ts';
import { recordGroupSchema, recordsOf } from '../loop/record/record.ts';
import { levelTable } from '../loop/sketch/levels.ts';
import { sketchesOf } from '../loop/sketch/of-lines.ts';
import { toItems } from '../loop/sketch/stored.ts';
import { LevelTally } from '../loop/sketch/tally.ts';
import { type Judged, predictionLine, predictionLineSchema } from './prediction-line.ts';

const TABLE = levelTable(DIABETES_130);
const JUDGED: readonly Judged[] = [
  { position: 0, prediction: 0, margin: -2.12345678, probability: 0.1, warnings: [] },
  {
    ...{ position: 2, prediction: 1, margin: -0.5, probability: 0.3 },
    warnings: [{ code: 'unseen_value', field: 'diag_1', message: 'm' }],
  },
];
const lineOf = (tally: LevelTally, encounters: readonly Encounter[]) =>
  predictionLine({
    ...{ requestId: 'r', time: Date.parse('2026-11-01T12:00:00Z'), durationMs: 2.34567, errors: 1, explained: false },
    ...{ environment: 'dev', dataset: 'diabetes-130', contract: TABLE.contract, levels: tally.add(encounters) },
    model: { version: '3', sha256: 'a'.repeat(64), threshold: 0.2 },
    judged: JUDGED,
  });
const presets = [LOW_RISK_PRESET, HIGH_RISK_PRESET].map((preset) => encounterSchema.parse(preset));
const line = lineOf(new LevelTally(TABLE), presets);

test('a line says what was predicted, how fast and with which warnings', () => {
  expect(predictionLineSchema.parse(line)).toMatchObject({
    ...{ event: 'prediction', request_id: 'r', model_version: '3', class_0: 1, class_1: 1, invalid: 1 },
    ...{ duration_ms: 2.346, mean_probability: 0.2, warnings: { unseen_value: 1 } },
  });
});

test('the record of each answer can be made of its line', () => {
  const { recorded, request_id, model_version } = predictionLineSchema.parse(line);
  expect(recordsOf(recordGroupSchema.parse({ ...recorded, request_id, model_version }))).toMatchObject([
    { prediction_id: '20261101.r.0', margin: -2.123457, probability: 0.1, warnings: [], encounter: null },
    { prediction_id: '20261101.r.2', margin: -0.5, probability: 0.3, warnings: ['unseen_value'], model_version: '3' },
  ]);
});

test('no value of an encounter is in a line or in what is kept of it, however it is planted', () => {
  const planted = encounterSchema.parse({
    ...HIGH_RISK_PRESET,
    ...{ medical_specialty: 'PLANTED-SPECIALTY', diag_1: 'V58.67', diag_2: '250.83', num_lab_procedures: 131 },
    ...{ num_medications: 79, number_outpatient: 977, admission_source_id: 17, discharge_disposition_id: 27 },
  });
  const tally = new LevelTally(TABLE);
  const lines = Array.from({ length: 40 }, () => lineOf(tally, [planted]));
  expect(lines.filter(({ recorded }) => recorded?.levels !== null)).toHaveLength(2);
  const kept = sketchesOf(lines.map((each) => predictionLineSchema.parse(each))).flatMap(toItems);
  expect(kept.length).toBeGreaterThan(1);
  const text = JSON.stringify([lines, kept]);
  for (const [field, value] of Object.entries(planted)) {
    expect(text).not.toContain(field);
    if (typeof value === 'string' && value.length > 3) expect(text).not.toContain(value);
    if (typeof value === 'number' && value > 50) expect(text).not.toMatch(new RegExp(`\\b${value}\\b`));
  }
});

test('levels are told together with those of others: the line of one encounter alone has none', () => {
  expect(lineOf(new LevelTally(TABLE), presets.slice(0, 1)).recorded?.levels).toBeNull();
});

test('CloudWatch finds the metrics and dimensions that the line announces', () => {
  const { _aws: announced, ...members } = line;
  const names = JSON.stringify(announced).match(/"Name":"(\w+)"/g) ?? [];
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(Object.keys(members)).toContain(name.split('"')[3]);
  expect(JSON.stringify(announced)).toContain('"Dimensions":[["environment","model_version"]]');
  expect(members).toMatchObject({ environment: 'dev', model_version: '3' });
});

test('a line of an older deployment is read; it has no record', () => {
  const { recorded: _, ...older } = line;
  expect(predictionLineSchema.parse(older).recorded).toBeUndefined();
});
