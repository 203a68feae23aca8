// No large subgroup pays for the whole: the worst of them decides.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const subgroups: GateCheck = ({ champion }, { subgroup }) => {
  if (champion === null) return null;
  const large = Object.entries(champion.slicesPaired).flatMap(([slice, levels]) =>
    levels
      .filter(({ rows, positives }) => rows >= subgroup.rows && positives >= subgroup.positives)
      .flatMap(({ level, auroc: { difference } }) =>
        difference.value === null ? [] : [{ name: `${slice} ${level}`, difference, value: difference.value }],
      ),
  );
  const common = { name: 'subgroups', limit: -subgroup.drop };
  if (large.length === 0)
    return { ...common, passed: true, value: null, text: 'no subgroup is large enough to compare' };
  const worst = large.reduce((a, b) => (b.value < a.value ? b : a));
  const passed = worst.value >= -subgroup.drop;
  const text = `AUROC of the subgroup ${worst.name} changes by ${change(worst.difference)}, the most of ${large.length}; at least ${-subgroup.drop} is asked for`;
  return { ...common, passed, value: worst.value, text };
};
