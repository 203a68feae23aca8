// Probabilities are to be believed: the calibration error is not surely above its limit.
import type { GateCheck } from '../check.ts';
import { withInterval } from '../words.ts';

export const calibration: GateCheck = ({ challenger: { rows, metrics } }, limits) => {
  const { ece } = metrics;
  const within = ece.value !== null && ece.value <= limits.ece;
  const unsure = ece.low !== null && ece.low <= limits.ece;
  const word = within ? 'within' : 'above';
  const why = !within && unsure ? `, but on ${rows} rows its interval reaches within` : '';
  const text = `calibration error ${withInterval(ece)} is ${word} ${limits.ece}${why}`;
  return { name: 'calibration', passed: within || unsure, value: ece.value, limit: limits.ece, text };
};
