// Calibration of margins on validation rows: none, Platt or isotonic, whichever cross-fitting says is best.
import type { Calibration } from './model.ts';

export const sigmoid = (margin: number): number => 1 / (1 + Math.exp(-margin));

/** Probability of a margin under a calibration; monotone in the margin. */
export function calibrate(calibration: Calibration, margin: number): number {
  if (calibration === null) return sigmoid(margin);
  if (calibration.method === 'platt') return sigmoid(calibration.slope * margin + calibration.intercept);
  const { margins, probabilities } = calibration;
  const last = margins.length - 1;
  if (margin <= margins[0]) return probabilities[0];
  if (margin >= margins[last]) return probabilities[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (margins[middle] <= margin) low = middle;
    else high = middle;
  }
  const share = (margin - margins[low]) / (margins[high] - margins[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
}
