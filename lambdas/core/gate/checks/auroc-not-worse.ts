// AUROC is not worse than the champion's: the whole interval lies within the margin.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const aurocNotWorse: GateCheck = ({ champion }, { margin }) => {
  if (champion === null) return null;
  const { difference } = champion.paired.metrics.auroc;
  return {
    name: 'auroc_not_worse',
    passed: difference.low !== null && difference.low >= -margin.auroc,
    value: difference.low,
    limit: -margin.auroc,
    text: `AUROC ${change(difference)} against the champion, at least ${-margin.auroc} at the interval's end is asked for`,
  };
};
