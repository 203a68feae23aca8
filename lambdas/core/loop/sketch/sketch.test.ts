import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIABETES_130 } from '../../dataset/diabetes-130/index.ts';
import { encounterSchema } from '../../encounter/contract.ts';
import { HIGH_RISK_PRESET, LOW_RISK_PRESET } from '../../encounter/examples.ts';
import { levelTable } from './levels.ts';
import {
  addLevels,
  addScored,
  addSketch,
  emptySketch,
  SCORE_BINS,
  type Scored,
  type Sketch,
  scoreBin,
  scoreBounds,
} from './sketch.ts';
import { fromItems, toItems } from './stored.ts';
import { LevelTally, TOLD_TOGETHER } from './tally.ts';

const TABLE = levelTable(DIABETES_130);
const KEY = { day: '2026-11-01', dataset: 'd', version: '3' };
const presets = [LOW_RISK_PRESET, HIGH_RISK_PRESET].map((preset) => encounterSchema.parse(preset));

const scored: fc.Arbitrary<Scored> = fc.record({
  margin: fc.double({ min: -9, max: 5, noNaN: true }),
  probability: fc.integer({ min: 0, max: 1e6 }).map((n) => n / 1e6),
  warnings: fc.subarray(['unseen_value', 'unmapped_id']),
});

/** As it is read back from the items that it was added to. */
const stored = (sketch: Sketch) =>
  fromItems(toItems({ ...KEY, sketch }).map(({ sk, add }) => ({ pk: 'p', sk, ...add })));

function sketchOf(all: readonly Scored[]) {
  const sketch = emptySketch();
  for (const one of all) addScored(sketch, one);
  return sketch;
}

test('sketches of parts add up to the sketch of all, in any order, through storage', () => {
  fc.assert(
    fc.property(fc.array(fc.array(scored, { maxLength: 20 }), { maxLength: 5 }), (parts) => {
      const total = emptySketch();
      for (const part of parts.toReversed()) {
        for (const { sketch } of stored(sketchOf(part))) addSketch(total, sketch);
      }
      expect(total).toEqual(sketchOf(parts.flat()));
    }),
  );
});

test('every raw score has one bin, whose bounds hold it', () => {
  for (const [margin, bin] of [
    [-6, 1],
    [-5.8, 2],
    [-5.800001, 1],
    [0, 31],
    [1.999999, 40],
    [2, 41],
    [-99, 0],
    [99, 41],
  ] as const) {
    expect([margin, scoreBin(margin)]).toEqual([margin, bin]);
    const [low, high] = scoreBounds(bin);
    expect(low <= margin && margin < high).toBe(true);
  }
  expect(Array.from({ length: SCORE_BINS - 1 }, (_, bin) => scoreBounds(bin)[1] - scoreBounds(bin + 1)[0])).toEqual(
    new Array(SCORE_BINS - 1).fill(0),
  );
});

test('every field has a level for every value, and each told encounter is in one level of each field', () => {
  const tally = new LevelTally(TABLE);
  const many = Array.from({ length: TOLD_TOGETHER }, (_, i) => presets[i % 2]);
  const told = tally.add(many);
  const byField = Map.groupBy(Object.entries(told?.counts ?? {}), ([key]) => key.split('.')[0]);
  expect(byField.size).toBe(DIABETES_130.fields.length);
  for (const [, counts] of byField) expect(counts.reduce((sum, [, n]) => sum + n, 0)).toBe(TOLD_TOGETHER);
});

test('levels are told of many encounters together and never of one; nothing is told twice', () => {
  const tally = new LevelTally(TABLE);
  const answers = Array.from({ length: 2 * TOLD_TOGETHER }, () => tally.add([presets[0]]));
  const told = answers.flatMap((answer) => answer ?? []);
  expect(told.map(({ rows }) => rows)).toEqual([TOLD_TOGETHER, TOLD_TOGETHER]);
  expect(tally.add([])).toBeNull();
});

test('a value that no level names is counted as other, never under its own name', () => {
  const odd = { ...presets[0], medical_specialty: 'PLANTED', admission_type_id: 77, diag_1: null };
  for (const [field, level] of [
    ['medical_specialty', 'other'],
    ['admission_type_id', 'other'],
    ['diag_1', 'unknown'],
  ]) {
    const found = TABLE.fields.find((each) => each.field === field);
    expect(found?.levels[found.levelOf(odd)]).toBe(level);
  }
});

test('bands of counts hold what their names say', () => {
  const visits = TABLE.fields.find(({ field }) => field === 'number_inpatient');
  const nameOf = (n: number) => visits?.levels[visits.levelOf({ ...presets[0], number_inpatient: n })];
  expect([0, 1, 3, 4, 5, 6, 89, 90, 999].map(nameOf)).toEqual([
    '0',
    '1',
    '3',
    '4-5',
    '4-5',
    '6-8',
    '56-89',
    '>89',
    '>89',
  ]);
});

test('levels of another contract are kept apart', () => {
  const sketch = emptySketch();
  addLevels(sketch, { contract: 'a', rows: 20, counts: { '0.0': 20 } });
  addLevels(sketch, { contract: 'b', rows: 30, counts: { '0.0': 30 } });
  expect(stored(sketch)).toEqual([{ ...KEY, sketch }]);
  expect(sketch.levels.get('a')?.counts.get('0.0')).toBe(20);
});
