import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { empty, stack, train } from './stack.ts';

const file = process.env.READMIT_DATA ?? '';
const twin = stack('twin');

describe.skipIf(!existsSync(file))('the real file, named by READMIT_DATA', () => {
  it('gives the published counts and a model that is worth its name', async () => {
    await empty(twin);
    const { facts } = await train(twin, file);
    expect(facts.outcome).toBe('promoted');
    expect(facts.report).toMatchObject({
      rows: 101_766,
      batches: 7,
      quarantined: {},
      eligible: 99_343,
      splits: { train: 79_401, validation: 10_053, test: 9_889 },
    });
    const { auroc, ece } = facts.champion?.test ?? {};
    expect(auroc).toBeGreaterThanOrEqual(0.675);
    expect(auroc).toBeLessThan(0.75);
    expect(ece).toBeLessThanOrEqual(0.02);
    const forest = facts.report?.candidates.find(({ algorithm }) => algorithm === 'random_forest');
    expect(auroc).toBeGreaterThan(Number(forest?.test.auroc));
    const later = facts.report?.later;
    expect(later?.windows).toBe(3);
    expect(later?.all.rows).toBe(59_606);
    expect(later?.all.auroc.value).toBeGreaterThan(0.65);
    expect(later?.all.auroc.value).toBeLessThan(auroc === null ? 0 : Number(auroc));
    expect(later?.all.observed_expected.value).toBeGreaterThan(0.9);
    expect(later?.all.observed_expected.value).toBeLessThan(1.1);
    expect(later?.first_seen.rows).toBeLessThan(later?.all.rows ?? 0);
    const scores = facts.report?.simpler_ways?.filter(({ source }) => source !== null) ?? [];
    expect(scores.map(({ name }) => name).sort()).toEqual(['hospital_like', 'lace_like', 'number_inpatient']);
    for (const { name, auroc: theirs } of scores) expect(Number(theirs), name).toBeLessThan(0.65);
    for (const { state, peak_rss_mb } of facts.states) expect(peak_rss_mb, state).toBeLessThan(1000);
  });
});
