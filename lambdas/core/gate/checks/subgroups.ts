// No large subgroup pays for the whole: in each the interval of the AUROC difference lies within the margin.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const subgroups: GateCheck = ({ champion }, { subgroup, margin }) => {
  if (champion === null) return null;
  const large = Object.entries(champion.slicesPaired).flatMap(([slice, levels]) =>
    levels
      .filter(({ rows, positives }) => rows >= subgroup.rows && positives >= subgroup.positives)
      .flatMap(({ level, auroc: { difference } }) =>
        difference.low === null ? [] : [{ name: `${slice} ${level}`, difference, low: difference.low }],
      ),
  );
  const common = { name: 'subgroups', limit: -margin.subgroup };
  if (large.length === 0)
    return { ...common, passed: true, value: null, text: 'no subgroup is large enough to compare' };
  const worst = large.reduce((a, b) => (b.low < a.low ? b : a));
  const text = `AUROC of the subgroup ${worst.name} changes by ${change(worst.difference)}, the worst of ${large.length}; at least ${-margin.subgroup} at the interval's end is asked for`;
  return { ...common, passed: worst.low >= -margin.subgroup, value: worst.low, text };
};
