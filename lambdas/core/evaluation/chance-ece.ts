// How large a calibration error chance alone gives: on few rows even the true probabilities look miscalibrated.

import type { Evaluation } from './schema.ts';

/** Standard normal quantile of 95 %. */
const Z95 = 1.645;

/**
 * The ECE that a perfectly calibrated model stays under in 95 of 100 draws of these rows' outcomes. With n_b rows of mean
 * probability p_b in bin b, its gap is half-normal with scale s_b = sqrt(p_b (1 - p_b) / n_b); ECE is their mean weighed
 * by n_b / n, here taken as normal with the half-normals' means s_b sqrt(2/pi) and variances s_b^2 (1 - 2/pi).
 * (The bias of binned calibration errors: Broecker 2012; Nixon et al. 2019.)
 */
export function chanceEce({ reliability, rows }: Pick<Evaluation, 'reliability' | 'rows'>): number {
  let mean = 0;
  let variance = 0;
  for (const bin of reliability) {
    const weight = bin.rows / rows;
    const scale = Math.sqrt((bin.mean_predicted * (1 - bin.mean_predicted)) / bin.rows);
    mean += weight * scale * Math.sqrt(2 / Math.PI);
    variance += (weight * scale) ** 2 * (1 - 2 / Math.PI);
  }
  return mean + Z95 * Math.sqrt(variance);
}
