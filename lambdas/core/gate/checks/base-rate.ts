// The training rows have about the base rate that the champion's had: a rate that doubles is a file read wrongly, not a hospital.
import { normalTail } from '../../evaluation/normal.ts';
import type { DataCheck } from '../check.ts';
import { percent } from '../words.ts';

export const baseRate: DataCheck = ({ data }, { baseRate: limits }) => {
  const before = data?.championTrain;
  if (data === undefined || before === undefined || before === null || before.positives === 0) return null;
  const { train } = data;
  const [now, then] = [train.positives / train.rows, before.positives / before.rows];
  const pooled = (train.positives + before.positives) / (train.rows + before.rows);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / train.rows + 1 / before.rows));
  const p = error === 0 ? 1 : 2 * normalTail(Math.abs(now - then) / error);
  const ratio = now / then;
  const passed = p >= limits.level || (ratio <= limits.ratio && ratio >= 1 / limits.ratio);
  const text = `${percent(now)} of the training rows were readmitted, ${percent(then)} of the champion's; a ratio up to ${limits.ratio} either way is allowed`;
  return { name: 'base_rate', asks: 'data', passed, value: ratio, limit: limits.ratio, text };
};
