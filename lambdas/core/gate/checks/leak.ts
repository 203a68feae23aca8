// A model that is better than this data allows knows the outcome: the run fails, whatever else holds.
import type { GateCheck } from '../check.ts';
import { withInterval } from '../words.ts';

export const leak: GateCheck = ({ challenger: { rows, metrics } }, { leakAuroc }) => {
  const { auroc } = metrics;
  const check = { name: 'leak', value: auroc.value, limit: leakAuroc.value };
  if (auroc.value === null) return { ...check, passed: true, text: `there is no AUROC: ${auroc.reason}` };
  const found = `AUROC ${withInterval(auroc)}`;
  if (auroc.value <= leakAuroc.value) return { ...check, passed: true, text: `${found} is what this data allows` };
  if (auroc.low !== null && auroc.low < leakAuroc.low) {
    const text = `${found} is above ${leakAuroc.value}, but ${rows} rows are too few to tell a leak from chance`;
    return { ...check, passed: true, text };
  }
  const text = `${found} is above ${leakAuroc.value}, which this data does not allow: a feature knows the outcome`;
  return { ...check, passed: false, text };
};
