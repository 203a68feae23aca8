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
    for (const { state, peak_rss_mb } of facts.states) expect(peak_rss_mb, state).toBeLessThan(1000);
  });
});
