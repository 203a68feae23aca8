// What was set aside is like what was kept: a loss that depends on the label or on a subgroup biases all that is learned and measured.
import { normalTail } from '../../evaluation/normal.ts';
import type { DataCheck } from '../check.ts';
import type { SetAside, SetAsideLevel } from '../data-facts.ts';
import { percent } from '../words.ts';

/**
 * Each level's share set aside against that of all other rows of its column: two-sided test of two proportions, Bonferroni over
 * all levels. With many rows any trifle is significant, so the difference must also be large enough to matter.
 */
export const lossAtRandom: DataCheck = ({ data }, { setAside: limits }) => {
  if (data === undefined || data.setAside.aside === 0) return null;
  const tested = data.setAside.levels.flatMap((level) => compareWithRest(level, data.setAside) ?? []);
  const level = limits.level / Math.max(1, tested.length);
  const dependent = tested.filter(({ p, difference }) => p < level && Math.abs(difference) > limits.difference);
  const check = { name: 'loss_at_random', asks: 'data', limit: limits.difference } as const;
  const [worst] = dependent.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (worst === undefined) {
    const text = `what was set aside depends on neither label nor subgroup by more than ${percent(limits.difference)}`;
    return { ...check, passed: true, value: null, text };
  }
  const { of, rest, p } = worst;
  const text = `the loss depends on ${of.column}: ${percent(of.aside / of.rows)} of ${of.rows} rows with ${of.level} were set aside, ${percent(rest)} of the others (p ${p.toPrecision(1)})`;
  return { ...check, passed: false, value: worst.difference, text };
};

function compareWithRest(of: SetAsideLevel, { levels }: SetAside) {
  const others = levels.filter(({ column, level }) => column === of.column && level !== of.level);
  const rows = others.reduce((sum, other) => sum + other.rows, 0);
  const aside = others.reduce((sum, other) => sum + other.aside, 0);
  if (rows === 0 || of.rows === 0) return null;
  const pooled = (aside + of.aside) / (rows + of.rows);
  const difference = of.aside / of.rows - aside / rows;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / of.rows));
  return { of, rest: aside / rows, difference, p: error === 0 ? 1 : 2 * normalTail(Math.abs(difference) / error) };
}
