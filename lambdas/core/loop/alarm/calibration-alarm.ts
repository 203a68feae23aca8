// An alarm for "more, or fewer, come back than was predicted" that may be looked at after every outcome.

/**
 * Evidence against calibration, as logarithms of e-values. It can be kept between windows as it is; feeding outcomes in
 * one go or one by one gives the same.
 */
export interface CalibrationEvidence {
  readonly outcomes: number;
  /** Of each alternative in SHIFTS, upward and downward. */
  readonly log_e_up: readonly number[];
  readonly log_e_down: readonly number[];
  /** The largest log of the mixed e-value so far. */
  readonly highest: number;
}

/** Shifts of the log-odds beyond the tolerance that are bet on, in equal parts: O/E of about 1.05 to 1.5 at a rate of 10 %. */
const SHIFTS = [0.05, 0.1, 0.2, 0.4] as const;

/**
 * A shift of the log-odds within which a model counts as calibrated: no model fitted on some thousand rows is exact. At a
 * rate of 10 %, .1 is an observed rate within 9 % of the predicted one.
 */
export const TOLERANCE = 0.1;

/** Chance of ever raising an alarm over a version that is calibrated within the tolerance. */
export const ALPHA = 0.05;

export const noEvidence = (): CalibrationEvidence => ({
  ...{ outcomes: 0, highest: 0 },
  ...{ log_e_up: SHIFTS.map(() => 0), log_e_down: SHIFTS.map(() => 0) },
});

/**
 * Adds outcomes in the order in which they became known. Null hypothesis: given all before it, each outcome is positive
 * with log-odds within TOLERANCE of the predicted ones. Each alternative multiplies the likelihood ratio of its shift against
 * the edge of the tolerance; under the null none of these factors has a mean above 1, so the products, and their mean, are
 * e-processes, and by Ville's inequality the chance that the mean ever reaches 1/alpha is at most alpha, however often one
 * looks (Ramdas, Gruenwald, Vovk & Shafer 2023, Statistical Science 38(4); Howard et al. 2021, Annals of Statistics 49(2)).
 * @param probabilities as they were answered, 0..1
 * @param labels 1 for a readmission
 */
export function addOutcomes(
  evidence: CalibrationEvidence,
  probabilities: Float64Array,
  labels: Uint8Array,
  tolerance = TOLERANCE,
): CalibrationEvidence {
  const up = [...evidence.log_e_up];
  const down = [...evidence.log_e_down];
  let highest = evidence.highest;
  for (let row = 0; row < labels.length; row++) {
    const odds = logOdds(probabilities[row]);
    const positive = labels[row] === 1;
    for (const [i, shift] of SHIFTS.entries()) {
      up[i] += logLikelihood(odds + tolerance + shift, positive) - logLikelihood(odds + tolerance, positive);
      down[i] += logLikelihood(odds - tolerance - shift, positive) - logLikelihood(odds - tolerance, positive);
    }
    highest = Math.max(highest, logMean([...up, ...down]));
  }
  return { outcomes: evidence.outcomes + labels.length, log_e_up: up, log_e_down: down, highest };
}

export interface CalibrationAlarm {
  readonly raised: boolean;
  /** log10 of the largest e-value so far; 2 = a bet against calibration has won a hundredfold. */
  readonly log10_e: number;
  /** Which way the bets won; null while there is no alarm. */
  readonly direction: 'more_than_predicted' | 'fewer_than_predicted' | null;
}

export function calibrationAlarm(evidence: CalibrationEvidence, alpha = ALPHA): CalibrationAlarm {
  const raised = evidence.highest >= Math.log(1 / alpha);
  const upward = logMean(evidence.log_e_up) > logMean(evidence.log_e_down);
  const direction = upward ? 'more_than_predicted' : 'fewer_than_predicted';
  return { raised, log10_e: evidence.highest / Math.LN10, direction: raised ? direction : null };
}

/** log of the mean of exponentials, without overflow. */
function logMean(logs: readonly number[]): number {
  const largest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return largest + Math.log(sum / logs.length);
}

/** Log likelihood of an outcome at these log-odds. */
function logLikelihood(odds: number, positive: boolean): number {
  const signed = positive ? -odds : odds;
  return signed > 0 ? -signed - Math.log1p(Math.exp(-signed)) : -Math.log1p(Math.exp(signed));
}

function logOdds(probability: number): number {
  const kept = Math.min(Math.max(probability, 1e-9), 1 - 1e-9);
  return Math.log(kept / (1 - kept));
}
