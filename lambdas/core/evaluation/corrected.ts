// A figure whose plug-in value is biased, as a binned calibration error is: corrected by what resampling adds to it.

import { interval95 } from './resamples.ts';
import type { Estimate } from './schema.ts';

/**
 * Bootstrap bias correction: the resamples' mean lies above the plug-in value by about as much as that lies above the truth
 * (noise in the bins only ever adds to a sum of absolute gaps), so both value and interval are mirrored: 2 x plug-in - mean, and
 * the basic interval 2 x plug-in - quantiles (Davison and Hinkley 1997, sections 2.2.1 and 5.2). So the interval contains its value; a
 * percentile interval of a calibration error lies above it. Nothing is below `least`.
 */
export function corrected(plugIn: number, drawn: Float64Array, least = 0): Estimate {
  const interval = interval95(drawn);
  if (interval === null) return { value: plugIn, low: null, high: null, reason: 'no resamples to correct it by' };
  const finite = drawn.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const mirrored = (value: number) => Math.max(least, 2 * plugIn - value);
  return { value: mirrored(mean), low: mirrored(interval.high), high: mirrored(interval.low) };
}
