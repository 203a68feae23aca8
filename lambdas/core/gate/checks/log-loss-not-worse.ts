// Log loss is not worse than the champion's: the whole interval lies within the margin.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const logLossNotWorse: GateCheck = ({ champion }, { margin }) => {
  if (champion === null) return null;
  const { difference } = champion.paired.metrics.log_loss;
  return {
    name: 'log_loss_not_worse',
    passed: difference.high !== null && difference.high <= margin.logLoss,
    value: difference.high,
    limit: margin.logLoss,
    text: `log loss ${change(difference)} against the champion, at most +${margin.logLoss} at the interval's end is allowed`,
  };
};
