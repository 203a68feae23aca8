// Superior: the challenger's log loss is lower than the champion's, and chance alone gives that no oftener than the level that is left.
import { probabilityOfGain, upperLimit } from '../../evaluation/cluster-mean.ts';
import type { GateCheck } from '../check.ts';
import { percent, signed } from '../words.ts';

/** One-sided, by the mean over patients: a percentile of resamples says nothing at a level such as .0005. */
export const superior: GateCheck = ({ champion, spending }, { budget }) => {
  if (champion === null) return null;
  const { logLoss } = champion;
  const level = spending?.level ?? budget.total * budget.share;
  const check = { name: 'superior', asks: 'superior', limit: 0 } as const;
  if (!(level > 0))
    return { ...check, passed: false, value: null, text: 'no error is left to spend on these test rows' };
  const high = upperLimit(logLoss, level);
  const passed = high < 0;
  const sure = `${percent(1 - level)} sure to lie below ${signed(high, 5)}`;
  const chance = `chance gives such a gain with probability ${probabilityOfGain(logLoss).toPrecision(2)}, ${level.toPrecision(2)} is allowed`;
  const text = `log loss ${signed(logLoss.value, 5)} against the champion is ${sure} (${chance}): ${passed ? '' : 'not '}superior`;
  return { ...check, passed, value: high, text };
};
