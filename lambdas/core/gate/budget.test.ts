import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Spending, spend } from './budget.ts';
import { GATE_LIMITS } from './limits.ts';

const { budget } = GATE_LIMITS;

function spendings(patients: readonly number[]): Spending[] {
  const all: Spending[] = [];
  for (const [at, count] of patients.entries()) all.push(spend(all.at(-1) ?? null, `decision ${at}`, count, budget));
  return all;
}
const levels = (all: readonly Spending[]) => all.reduce((sum, { level }) => sum + level, 0);

describe('the error that the gate may make', () => {
  it('stays within its total for any number of decisions on the same patients', () => {
    const all = spendings(Array(500).fill(7000));
    expect(levels(all)).toBeLessThanOrEqual(budget.total);
    expect(levels(all)).toBeGreaterThan(0.99 * budget.total);
    expect(all[1]?.level).toBeLessThan(all[0]?.level ?? 0);
    expect(all.map(({ decision }) => decision)).toEqual(all.map((_, at) => at + 1));
  });

  it('is bounded by its total and the shares of patients who joined, however they come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }), (patients) => {
        const all = spendings(patients);
        const joined = all.reduce((sum, { joined, patients }) => sum + (patients === 0 ? 0 : joined / patients), 0);
        expect(levels(all)).toBeLessThanOrEqual(budget.total * (1 + joined) + 1e-12);
        for (const { level } of all) expect(level).toBeLessThanOrEqual(budget.total * budget.share);
      }),
    );
  });

  it('comes back with new patients, not with patients who left and returned', () => {
    const same = spendings([1000, 1000, 1000]);
    const more = spendings([1000, 1000, 2000]);
    const back = spendings([1000, 10, 1000]);
    expect(more[2]?.level).toBeGreaterThan(1.5 * (same[2]?.level ?? 1));
    expect(back[2]?.level).toBe(same[2]?.level);
  });

  it('is spent once by a decision that is taken again', () => {
    const [first] = spendings([1000]);
    expect(spend(first ?? null, 'decision 0', 1000, budget)).toBe(first);
  });
});
