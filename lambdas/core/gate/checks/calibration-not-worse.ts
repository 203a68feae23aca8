// Calibration is not worse than the champion's: the whole interval of the difference in ECE lies within the margin.
import type { GateCheck } from '../check.ts';
import { change } from '../words.ts';

export const calibrationNotWorse: GateCheck = ({ champion }, { margin }) => {
  const difference = champion?.paired.metrics.ece?.difference;
  if (difference === undefined) return null;
  return {
    name: 'calibration_not_worse',
    passed: difference.high !== null && difference.high <= margin.ece,
    value: difference.high,
    limit: margin.ece,
    text: `calibration error ${change(difference)} against the champion, at most +${margin.ece} at the interval's end is allowed`,
  };
};
