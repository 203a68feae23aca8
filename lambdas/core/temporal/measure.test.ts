import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { canonicalJson } from '../canonical.ts';
import { measureInTime } from './measure.ts';
import type { InTime, WindowScores } from './rolling-origin.ts';
import { temporalEvaluationSchema } from './schema.ts';

const numbers = z.array(z.number());
const figures = z.record(z.string(), z.number());
const fixture = z
  .object({
    rows: z.object({
      window: numbers,
      label: numbers,
      group: numbers,
      probability: numbers,
      frozen: numbers,
      first_seen: numbers,
    }),
    expected: z.record(z.string(), figures),
  })
  .parse(JSON.parse(readFileSync(new URL('./fixtures/figures.json', import.meta.url), 'utf8')));

function windowOf(index: number): WindowScores {
  const rows = [...fixture.rows.window.keys()].filter((row) => fixture.rows.window[row] === index);
  const of = (values: readonly number[]) => Float64Array.from(rows, (row) => values[row]);
  return {
    window: { from: 0.4 + index / 5, to: 0.6 + index / 5, start: index * 1000, end: index * 1000 + 1000 },
    trainRows: 10,
    validationRows: 5,
    order: Float64Array.from(rows),
    labels: Uint8Array.from(of(fixture.rows.label)),
    groups: of(fixture.rows.group),
    probabilities: of(fixture.rows.probability),
    firstSeen: Uint8Array.from(of(fixture.rows.first_seen)),
    frozen: index === 0 ? null : of(fixture.rows.frozen),
  };
}
const scored: InTime = { outcome: 'scored', windows: [0, 1, 2].map(windowOf) };
const measured = measureInTime(scored, { resamples: 200, seed: 3 });
if (measured.outcome !== 'measured') throw new Error(measured.reason);

describe('figures in time', () => {
  it.each(Object.entries(fixture.expected))(
    'of %s are what scikit-learn and the definitions give',
    (name, expected) => {
      const [, index, set] = /^(?:window (\d) )?(\w+)$/.exec(name) ?? [];
      const part = index === undefined ? measured : measured.windows[Number(index)];
      const found = new Map(Object.entries(part)).get(set);
      for (const [figure, value] of Object.entries(expected)) {
        const told = z.record(z.string(), z.unknown()).parse(found)[figure];
        const { value: ours } = z.object({ value: z.number() }).parse(told);
        expect(Math.abs(ours - value), `${name} ${figure}`).toBeLessThan(1e-9);
      }
    },
  );

  it('have intervals by patient around them, are JSON that reads back, and the same for the same seed', () => {
    for (const name of ['auroc', 'log_loss', 'slope', 'intercept', 'observed_expected'] as const) {
      const { value, low, high } = measured.all[name];
      expect(low, name).toBeLessThan(value ?? Number.NaN);
      expect(high, name).toBeGreaterThan(value ?? Number.NaN);
    }
    const text = canonicalJson(measured);
    expect(temporalEvaluationSchema.parse(JSON.parse(text))).toEqual(measured);
    expect(canonicalJson(measureInTime(scored, { resamples: 200, seed: 3 }))).toBe(text);
  });

  it('are as wide as a bootstrap that draws the patients and fits slope and intercept anew each time', () => {
    const rows = [...fixture.rows.label.keys()];
    const patients = [...new Set(fixture.rows.group)];
    const rowsOf = new Map(
      patients.map((patient) => [patient, rows.filter((row) => fixture.rows.group[row] === patient)]),
    );
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const drawn = Array.from({ length: 200 }, () => {
      const sample = patients.flatMap(() => rowsOf.get(patients[Math.floor(random() * patients.length)]) ?? []);
      const one = { ...windowOf(0), labels: Uint8Array.from(sample, (row) => fixture.rows.label[row]) };
      const again = measureInTime(
        {
          outcome: 'scored',
          windows: [
            {
              ...one,
              groups: Float64Array.from(sample, (row) => fixture.rows.group[row]),
              probabilities: Float64Array.from(sample, (row) => fixture.rows.probability[row]),
              firstSeen: new Uint8Array(sample.length),
            },
          ],
        },
        { resamples: 0, seed: 1 },
      );
      return again.outcome === 'measured' ? [again.all.slope.value ?? 0, again.all.intercept.value ?? 0] : [0, 0];
    });
    for (const [index, name] of (['slope', 'intercept'] as const).entries()) {
      const ascending = drawn.map((pair) => pair[index]).sort((a, b) => a - b);
      const width = ascending[194] - ascending[5];
      const { low, high } = measured.all[name];
      expect(((high ?? 0) - (low ?? 0)) / width, name).toBeGreaterThan(0.8);
      expect(((high ?? 0) - (low ?? 0)) / width, name).toBeLessThan(1.25);
    }
  });

  it('are counts alone where there are too few encounters', () => {
    const one = windowOf(0);
    const few: WindowScores = {
      ...one,
      labels: one.labels.slice(0, 30),
      groups: one.groups.slice(0, 30),
      probabilities: one.probabilities.slice(0, 30),
      firstSeen: one.firstSeen.slice(0, 30),
    };
    const small = measureInTime({ outcome: 'scored', windows: [few] }, { resamples: 10, seed: 1 });
    expect(small).toMatchObject({
      outcome: 'measured',
      all: { rows: 30, auroc: { value: null, reason: 'fewer than 50 rows' } },
    });
  });
});
