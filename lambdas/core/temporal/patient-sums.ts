// Figures that are sums over rows, kept as sums by patient: a resample of patients is then a weighted sum over them.
import type { Ranking } from '../evaluation/ranking.ts';
import { fitCalibrationLine, logOdds, sigmoid, stepOf } from './logistic-calibration.ts';

/** The figures in the order in which `figuresOf` writes them. */
export const SUM_FIGURES = ['log_loss', 'slope', 'intercept', 'observed_expected'] as const;

/** Sums of a patient: rows, outcomes, predictions, losses; gradient and curvature of the intercept alone, then of the line. */
const WIDTH = 11;

export interface PatientSums {
  /** Numbers of the patients that have rows here, as indices into multiplicities. */
  readonly patients: Uint32Array;
  /** WIDTH sums each. */
  readonly sums: Float64Array;
  readonly slope: number;
  readonly intercept: number;
}

export function patientSums({ rows, label, probability, logLoss, patient }: Ranking): PatientSums {
  const margins = probability.map(logOdds);
  const { large, slope, intercept } = fitCalibrationLine(margins, label);
  const patients = Uint32Array.from(new Set(patient)).sort();
  const placeOf = new Map<number, number>();
  for (let place = 0; place < patients.length; place += 1) placeOf.set(patients[place], place);
  const sums = new Float64Array(patients.length * WIDTH);
  for (let row = 0; row < rows; row += 1) {
    const at = (placeOf.get(patient[row]) ?? 0) * WIDTH;
    const m = margins[row];
    const shifted = sigmoid(m + large);
    const fitted = sigmoid(slope * m + intercept);
    const curvature = fitted * (1 - fitted);
    sums[at] += 1;
    sums[at + 1] += label[row];
    sums[at + 2] += probability[row];
    sums[at + 3] += logLoss[row];
    sums[at + 4] += label[row] - shifted;
    sums[at + 5] += shifted * (1 - shifted);
    sums[at + 6] += label[row] - fitted;
    sums[at + 7] += (label[row] - fitted) * m;
    sums[at + 8] += curvature;
    sums[at + 9] += curvature * m;
    sums[at + 10] += curvature * m * m;
  }
  return { patients, sums, slope, intercept: large };
}

const total = new Float64Array(WIDTH);

/**
 * The figures when each patient counts as often as drawn. Slope and intercept are one Newton step away from those of all
 * rows: the k-step bootstrap (Davidson & MacKinnon 1999; Andrews 2002), which differs from a full fit by far less than the
 * interval is wide. With every patient once they are those of all rows. Answers how many rows the draw has.
 */
export function figuresOf(
  { patients, sums, slope, intercept }: PatientSums,
  multiplicity: Uint8Array,
  out: Float64Array,
): number {
  total.fill(0);
  for (let place = 0, at = 0; place < patients.length; place += 1, at += WIDTH) {
    const times = multiplicity[patients[place]];
    if (times === 0) continue;
    for (let each = 0; each < WIDTH; each += 1) total[each] += times * sums[at + each];
  }
  const [, bySlope] = stepOf([total[6], total[7], total[8], total[9], total[10]]);
  out[0] = total[3] / total[0];
  out[1] = slope + bySlope;
  out[2] = intercept + total[4] / total[5];
  out[3] = total[1] / total[2];
  return total[0];
}
