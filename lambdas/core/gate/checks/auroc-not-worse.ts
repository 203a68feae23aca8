// AUROC is at most a margin worse than the champion's.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const aurocNotWorse: GateCheck = ({ champion }, { margin }) => {
  if (champion === null) return null;
  const { difference } = champion.paired.metrics.auroc;
  return {
    name: 'auroc_not_worse',
    passed: difference.value !== null && difference.value >= -margin.auroc,
    value: difference.value,
    limit: -margin.auroc,
    text: `AUROC ${change(difference)} against the champion, at least ${-margin.auroc} is asked for`,
  };
};
