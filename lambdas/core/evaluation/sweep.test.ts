import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { numberPatients, rankRows } from './ranking.ts';
import { FIGURES, NET_BENEFIT_AT, NET_BENEFIT_THRESHOLDS, prepareSweep, SCALARS, TOP_AT } from './sweep.ts';

const figures = z.object({
  ...Object.fromEntries(SCALARS.map((name) => [name, z.number()])),
  top: z.array(z.object({ share: z.number(), precision: z.number(), recall: z.number() })),
});
const fixture = z.object({
  scikit_learn: z.string(),
  cases: z.array(
    z.object({
      name: z.string(),
      threshold: z.number(),
      labels: z.array(z.number()),
      probabilities: z.array(z.number()),
      groups: z.array(z.number()),
      weights: z.array(z.number()),
      expected: figures.catchall(z.number()),
      weighted: figures.catchall(z.number()),
    }),
  ),
});
const { cases } = fixture.parse(JSON.parse(readFileSync(new URL('fixtures/metrics.json', import.meta.url), 'utf8')));

describe.each(cases)('$name: figures equal scikit-learn', (data) => {
  const patients = numberPatients(Float64Array.from(data.groups));
  const ranking = rankRows(Uint8Array.from(data.labels), Float64Array.from(data.probabilities), patients);
  const sweep = prepareSweep(ranking, data.threshold);
  const everyone = new Uint8Array(patients.count).fill(1);
  const drawn = new Uint8Array(patients.count);
  for (const [row, patient] of patients.ofRow.entries()) drawn[patient] = data.weights[row];

  it.each([
    ['for the rows', everyone, data.expected],
    ['for a resample of patients', drawn, data.weighted],
  ])('%s', (_, multiplicity, expected) => {
    const out = new Float64Array(FIGURES);
    sweep.run(drawn, out); // what an earlier pass left behind must not show
    sweep.run(multiplicity, out);
    for (const [i, name] of SCALARS.entries()) expect(out[i], name).toBeCloseTo(expected[name], 12);
    for (const [i, top] of expected.top.entries()) {
      expect(out[TOP_AT + 3 * i]).toBeCloseTo(top.precision, 12);
      expect(out[TOP_AT + 3 * i + 1]).toBeCloseTo(top.recall, 12);
      expect(out[TOP_AT + 3 * i + 2]).toBeCloseTo(top.recall / top.share, 12);
    }
  });

  it('net benefit follows its formula', () => {
    const out = new Float64Array(FIGURES);
    sweep.run(everyone, out);
    for (const [i, threshold] of NET_BENEFIT_THRESHOLDS.entries()) {
      const flagged = data.labels.filter((_, row) => data.probabilities[row] >= threshold);
      const hits = flagged.filter((label) => label === 1).length;
      const odds = threshold / (1 - threshold);
      expect(out[NET_BENEFIT_AT + i]).toBeCloseTo((hits - (flagged.length - hits) * odds) / data.labels.length, 12);
    }
  });
});
