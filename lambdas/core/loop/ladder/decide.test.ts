import { expect, test } from 'vitest';
import { decideRung, type LadderState, type WindowEvidence } from './decide.ts';

const QUIET: WindowEvidence = {
  ...{ calibrationAlarm: false, auroc: { high: 0.68, promotedWith: 0.67 }, unseenShare: 0.01, persistentFields: [] },
};
const READY: LadderState = { enabled: true, held: false, lastActed: null, lastWindow: null };
const NOW = Date.parse('2026-06-01T00:00:00Z');
const decide = (evidence: Partial<WindowEvidence>, state: Partial<LadderState> = {}) =>
  decideRung('w2', { ...QUIET, ...evidence }, { ...READY, ...state }, NOW);

test.each([
  ['nothing', {}, []],
  ['note', { persistentFields: ['age_bucket'] }, ['field_drift']],
  ['recalibrate', { calibrationAlarm: true, persistentFields: ['age_bucket'] }, ['calibration', 'field_drift']],
  ['retrain', { calibrationAlarm: true, auroc: { high: 0.65, promotedWith: 0.67 } }, ['auroc', 'calibration']],
  ['retrain', { unseenShare: 0.2 }, ['unseen_values']],
  ['nothing', { auroc: null }, []],
] as const)('the answer is %s to %o', (rung, evidence, because) => {
  expect(decide(evidence)).toEqual({ rung, because, heldBackBy: null });
});

test.each([
  ['setting', { enabled: false }],
  ['hold', { held: true }],
  ['same_window', { lastWindow: 'w2', lastActed: 0 }],
  ['cooldown', { lastWindow: 'w1', lastActed: NOW - 36 * 24 * 3600 * 1000 }],
] as const)('an alarm is a note under a %s', (heldBackBy, state) => {
  expect(decide({ calibrationAlarm: true }, state)).toEqual({ rung: 'note', because: ['calibration'], heldBackBy });
});

test('after the cooldown it acts again', () => {
  expect(decide({ calibrationAlarm: true }, { lastWindow: 'w1', lastActed: NOW - 38 * 24 * 3600 * 1000 }).rung).toBe(
    'recalibrate',
  );
});
