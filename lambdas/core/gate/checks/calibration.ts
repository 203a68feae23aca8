// Probabilities are to be believed. On few rows chance alone exceeds the limit: then it is what a perfectly calibrated model stays under.
import { chanceEce } from '../../evaluation/chance-ece.ts';
import type { GateCheck } from '../check.ts';
import { figure } from '../words.ts';

export const calibration: GateCheck = ({ challenger }, limits) => {
  const { ece } = challenger.metrics;
  const chance = chanceEce(challenger);
  const limit = Math.max(limits.ece, chance);
  const passed = ece.value !== null && ece.value <= limit;
  const why = chance > limits.ece ? ` (what chance allows on ${challenger.rows} rows)` : '';
  const text = `calibration error ${figure(ece.value)} is ${passed ? 'within' : 'above'} ${Number(limit.toFixed(4))}${why}`;
  return { name: 'calibration', passed, value: ece.value, limit, text };
};
