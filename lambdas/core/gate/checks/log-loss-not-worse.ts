// Log loss is at most a margin worse than the champion's.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const logLossNotWorse: GateCheck = ({ champion }, { margin }) => {
  if (champion === null) return null;
  const { difference } = champion.paired.metrics.log_loss;
  return {
    name: 'log_loss_not_worse',
    passed: difference.value !== null && difference.value <= margin.logLoss,
    value: difference.value,
    limit: margin.logLoss,
    text: `log loss ${change(difference)} against the champion, at most +${margin.logLoss} is allowed`,
  };
};
