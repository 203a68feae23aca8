// What was learned earlier must hold later: in the newest window the recipe still ranks, and predicts about as many as come.
import { chanceEce } from '../../evaluation/chance-ece.ts';
import type { TemporalFigures } from '../../temporal/schema.ts';
import type { GateCheck } from '../check.ts';
import { figure, withInterval } from '../words.ts';

/** Equal-mass bins of the calibration error. */
const BINS = 10;

export const holdsInTime: GateCheck = ({ challenger: { temporal } }, { temporal: limits }) => {
  if (temporal === undefined) return null;
  const check = { name: 'holds_in_time', value: null, limit: limits.ece };
  const newest = temporal.outcome === 'measured' ? temporal.windows.at(-1) : undefined;
  if (temporal.outcome === 'not_measured' || newest === undefined) {
    const why = temporal.outcome === 'not_measured' ? temporal.reason : 'there are no later encounters';
    return { ...check, passed: true, text: `not measured on later patients: ${why}` };
  }
  const { auroc, ece, observed_expected } = newest.all;
  if (ece.value === null) return { ...check, passed: true, text: `not measured on later patients: ${ece.reason}` };
  const limit = Math.max(limits.ece, chanceOf(newest.all));
  const faults = [
    ...(ece.value > limit ? [`calibration error ${figure(ece.value)} is above ${figure(limit)}`] : []),
    ...(outside(observed_expected, limits.observedExpected)
      ? [`observed/expected ${withInterval(observed_expected)} lies outside ${limits.observedExpected.join(' to ')}`]
      : []),
    ...(auroc.high !== null && auroc.high < limits.auroc
      ? [`AUROC ${withInterval(auroc)} lies below ${limits.auroc}`]
      : []),
  ];
  const found = `AUROC ${withInterval(auroc)}, observed/expected ${withInterval(observed_expected)}, calibration error ${figure(ece.value)}`;
  const text = `on the newest fifth of the encounters, learned from those before: ${faults.length === 0 ? found : faults.join('; ')}`;
  return { ...check, passed: faults.length === 0, value: ece.value, limit, text };
};

/** Whether the whole interval lies outside: few encounters decide nothing. */
function outside(
  { low, high }: TemporalFigures['observed_expected'],
  [least, most]: readonly [number, number],
): boolean {
  return low !== null && high !== null && (high < least || low > most);
}

/** What chance allows, each bin taken to have the mean rate: its variance is concave in the rate, so this is no less. */
function chanceOf({ rows, mean_predicted }: TemporalFigures): number {
  const bin = { lower: 0, upper: 1, rows: rows / BINS, mean_predicted: mean_predicted ?? 0.5 };
  const observed = { value: null, low: null, high: null };
  return chanceEce({ rows, reliability: Array.from({ length: BINS }, () => ({ ...bin, observed })) });
}
