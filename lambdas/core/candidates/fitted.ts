// What a fit takes and gives, for every algorithm alike.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import type { LearningPoint } from '../trees/settings.ts';
import type { CalibrationChoice, CalibrationMethod } from './calibration.ts';
import type { Candidate } from './candidate.ts';
import type { Importance } from './importance.ts';
import type { Model } from './model.ts';
import type { RecalibrationFacts } from './recalibration.ts';

export interface FitData {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix;
  /** Weight (>= 0) of each training row, for boosting; all 1 when absent. */
  readonly weights?: Float64Array;
}

export interface FitOptions {
  /** Threads to use; the model's bytes do not depend on it. More than the machine has cores only slows. */
  readonly threads: number;
  readonly onProgress?: (point: LearningPoint) => void;
}

export interface FittedCandidate {
  readonly model: Model;
  readonly learning_curve: readonly LearningPoint[];
  /** By feature, highest first: share of the trees' gain, or of the linear terms' spread; empty for the constant. */
  readonly importance: readonly Importance[];
  readonly fit: FitFacts;
}

export interface FitFacts {
  readonly algorithm: Candidate['algorithm'];
  /** Trees, or Newton steps. */
  readonly rounds: number;
  readonly train_rows: number;
  readonly validation_rows: number;
  readonly calibration: CalibrationMethod;
  /** The newest rows that the probabilities were set right on; null when none was asked for or they were too few. */
  readonly recalibration: RecalibrationFacts | null;
  /** What the choice of calibration went by; null when none was asked for. */
  readonly cross_fitted_log_loss: CalibrationChoice['cross_fitted_log_loss'] | null;
}

/** What an algorithm gives back. */
export type Uncalibrated = Pick<FittedCandidate, 'model' | 'learning_curve' | 'importance'> & {
  readonly rounds: number;
};
