// Platt's scaling (1999): a logistic regression of the label on the margin.

const ITERATIONS = 50;

/** Float32-exact slope and intercept by Newton's method; null when the slope is not positive: scaling must keep the order of scores. */
export function fitPlatt(margins: Float64Array, labels: Uint8Array): { slope: number; intercept: number } | null {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  // From a flat start Newton's steps do not overshoot; from the identity they can.
  let slope = 0;
  let intercept = Math.log((positives + 0.5) / (labels.length - positives + 0.5));
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    let gSlope = 0;
    let gIntercept = 0;
    let hSlope = 1e-9;
    let hBoth = 0;
    let hIntercept = 1e-9;
    for (let row = 0; row < margins.length; row += 1) {
      const m = margins[row];
      const p = 1 / (1 + Math.exp(-(slope * m + intercept)));
      const error = p - labels[row];
      const curvature = p * (1 - p);
      gSlope += error * m;
      gIntercept += error;
      hSlope += curvature * m * m;
      hBoth += curvature * m;
      hIntercept += curvature;
    }
    const determinant = hSlope * hIntercept - hBoth * hBoth;
    const slopeStep = (hIntercept * gSlope - hBoth * gIntercept) / determinant;
    const interceptStep = (hSlope * gIntercept - hBoth * gSlope) / determinant;
    slope -= slopeStep;
    intercept -= interceptStep;
    if (!(Math.abs(slopeStep) + Math.abs(interceptStep) > 1e-10)) break;
  }
  const fitted = { slope: Math.fround(slope), intercept: Math.fround(intercept) };
  return Number.isFinite(fitted.slope) && Number.isFinite(fitted.intercept) && fitted.slope > 0 ? fitted : null;
}
