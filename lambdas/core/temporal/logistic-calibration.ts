// Calibration slope and intercept: what a logistic regression of the outcome on the predicted log-odds says.

export interface CalibrationLine {
  /** Calibration in the large: intercept with the slope held at 1; 0 = the mean is right. */
  readonly large: number;
  /** Slope with its own intercept (Cox 1958): 1 = spread as it should be, below 1 = too extreme. */
  readonly slope: number;
  readonly intercept: number;
}

const ITERATIONS = 100;
const CONVERGED = 1e-13;

/** Log-odds of probabilities kept 2^-52 away from 0 and 1. */
export function logOdds(probability: number): number {
  const kept = Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
  return Math.log(kept / (1 - kept));
}

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * By Newton's method to rounding; NaN where the rows do not determine a value. The two intercepts answer two questions,
 * see Van Calster et al. 2019 (BMC Medicine 17:230).
 */
export function fitCalibrationLine(margins: Float64Array, labels: Uint8Array): CalibrationLine {
  const large = newton(0, (at) => {
    let gradient = 0;
    let curvature = 0;
    for (let row = 0; row < labels.length; row += 1) {
      const p = sigmoid(margins[row] + at);
      gradient += labels[row] - p;
      curvature += p * (1 - p);
    }
    return gradient / curvature;
  });
  let slope = 1;
  let intercept = large;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const [byIntercept, bySlope] = stepOf(lineSums(margins, labels, slope, intercept));
    intercept += byIntercept;
    slope += bySlope;
    if (!(Math.abs(byIntercept) + Math.abs(bySlope) > CONVERGED)) break;
  }
  return { large, slope, intercept };
}

function newton(start: number, stepAt: (value: number) => number): number {
  let value = start;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const by = stepAt(value);
    value += by;
    if (!(Math.abs(by) > CONVERGED)) break;
  }
  return value;
}

/** Gradient (2) and curvature (3) of the log likelihood in (intercept, slope). */
type LineSums = readonly [g0: number, g1: number, h00: number, h01: number, h11: number];

function lineSums(margins: Float64Array, labels: Uint8Array, slope: number, intercept: number): LineSums {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let row = 0; row < labels.length; row += 1) {
    const m = margins[row];
    const p = sigmoid(slope * m + intercept);
    const curvature = p * (1 - p);
    g0 += labels[row] - p;
    g1 += (labels[row] - p) * m;
    h00 += curvature;
    h01 += curvature * m;
    h11 += curvature * m * m;
  }
  return [g0, g1, h00, h01, h11];
}

/** What (intercept, slope) change by in one Newton step. */
export function stepOf([g0, g1, h00, h01, h11]: LineSums): [intercept: number, slope: number] {
  const determinant = h00 * h11 - h01 * h01;
  return [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
}
