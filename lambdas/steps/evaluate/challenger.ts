// The candidate that goes to the gate: chosen on training and validation rows, so that the test rows choose nothing.

interface Trained {
  readonly index: number;
  readonly validation_log_loss: number;
  readonly cv_log_loss: number | null;
}

/**
 * The candidates worth measuring on test: those that were named one by one, and of a search, whose configurations are
 * cross-validated, the one with the lowest cross-validated log loss.
 */
export function finalists<T extends Trained>(trained: readonly T[]): T[] {
  const searched = trained.filter((candidate) => candidate.cv_log_loss !== null);
  const best = searched.length === 0 ? [] : [lowest(searched, (candidate) => candidate.cv_log_loss ?? 0)];
  return trained.filter((candidate) => candidate.cv_log_loss === null || best.includes(candidate));
}

/** Lowest validation log loss; of equal ones the first in the plan. */
export function chooseChallenger<T extends Trained>(trained: readonly T[]): T {
  return lowest(trained, (candidate) => candidate.validation_log_loss);
}

/** Algorithms from the simplest on. */
const BY_COMPLEXITY = ['constant', 'logistic_regression', 'random_forest', 'gradient_boosting'];

/** Whether a model of `algorithm` is of a simpler kind than one of `other`. */
export function isSimpler(algorithm: string, other: string): boolean {
  return BY_COMPLEXITY.indexOf(algorithm) < BY_COMPLEXITY.indexOf(other);
}

function lowest<T extends Trained>(trained: readonly T[], loss: (candidate: T) => number): T {
  const [first, ...others] = trained;
  if (first === undefined) throw new RangeError('there is no candidate to choose from');
  return others.reduce((best, next) => {
    if (loss(next) !== loss(best)) return loss(next) < loss(best) ? next : best;
    return next.index < best.index ? next : best;
  }, first);
}
