import { describe, expect, it } from 'vitest';
import { fittableSchema } from '../candidates/candidate.ts';
import { selectRows } from '../candidates/fold.ts';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { type SplitRows, scoreInTime } from './rolling-origin.ts';
import { rollingWindows } from './windows.ts';

const ROWS = 1000;
const candidate = fittableSchema.parse({ algorithm: 'logistic_regression', calibration: 'none' });
const options = { threads: 1 };

/** One feature that foretells the outcome up to `turn`, and its opposite after; two encounters a patient, far apart. */
function history(turn: number): LabelledMatrix {
  const noise = (row: number) => ((row * 7919) % 1013) / 1013;
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => Number(noise(row) < 0.3));
  return {
    features: [{ name: 'sign', sources: ['x'], kind: 'numeric' }],
    rows: ROWS,
    values: Float32Array.from(labels, (label, row) => (row < turn ? label : 1 - label) + noise(row * 31) / 2),
    labels,
    groups: Float64Array.from(labels, (_, row) => row % 700),
    order: Float64Array.from(labels, (_, row) => row * 10),
  };
}

function splitsOf(rows: LabelledMatrix): SplitRows {
  const part = (from: number, to: number) =>
    selectRows(rows, (row) => rows.groups[row] % 10 >= from && rows.groups[row] % 10 < to);
  return { train: part(0, 8), validation: part(8, 9), test: part(9, 10) };
}

async function scoresOf(rows: LabelledMatrix) {
  const scored = await scoreInTime(candidate, splitsOf(rows), options);
  if (scored.outcome !== 'scored') throw new Error(scored.reason);
  return scored.windows;
}

describe('a rolling-origin evaluation', () => {
  it('tests every encounter of the last three fifths once, of all patients', async () => {
    const windows = await scoresOf(history(ROWS));
    expect(windows.flatMap(({ order }) => [...order]).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 600 }, (_, row) => (400 + row) * 10),
    );
    expect(windows.map(({ trainRows }) => trainRows)).toEqual([320, 480, 640]);
  });

  it('knows nothing of what comes later: a later outcome changes no earlier score', async () => {
    const [first, second] = await scoresOf(history(ROWS));
    const [same, changed] = await scoresOf(history(500));
    expect(same?.probabilities.slice(0, 50)).toEqual(first?.probabilities.slice(0, 50));
    expect(changed?.probabilities).not.toEqual(second?.probabilities);
  });

  it('marks the patients without an encounter before the window, in any split', async () => {
    for (const { window, order, groups, firstSeen } of await scoresOf(history(ROWS))) {
      for (const [row, patient] of groups.entries()) {
        const first = patient * 10; // patient p comes as row p, and again 700 rows later
        expect(firstSeen[row], `patient ${patient} at ${order[row]}`).toBe(Number(first >= window.start));
      }
    }
  });

  it('keeps the first model as it was beside those that were fitted again', async () => {
    const windows = await scoresOf(history(450));
    expect(windows[0]?.frozen).toBeNull();
    expect(windows[2]?.frozen).not.toEqual(windows[2]?.probabilities);
  });

  it('says why when the earlier encounters are of one class, and fails on nothing', async () => {
    const rows = history(ROWS);
    const none = { ...rows, labels: rows.labels.map((label, row) => (row < 500 ? 0 : label)) };
    expect(await scoreInTime(candidate, splitsOf(none), options)).toMatchObject({
      outcome: 'not_scored',
      reason: expect.stringContaining('both classes are needed'),
    });
  });
});

describe('windows', () => {
  it('never cut through encounters of one moment', () => {
    const days = Float64Array.from({ length: 100 }, (_, row) => Math.floor(row / 17));
    for (const { start, end } of rollingWindows(days)) expect(Number.isInteger(start) && end > start).toBe(true);
    const tested = rollingWindows(days);
    expect(tested.map(({ start }) => start)).toEqual([2, 3, 4]);
    expect(rollingWindows(new Float64Array(50))).toHaveLength(1);
    expect(rollingWindows(new Float64Array(0))).toEqual([]);
  });
});
