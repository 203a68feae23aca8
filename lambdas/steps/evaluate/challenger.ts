// The candidate that goes to the gate: chosen on validation rows, so that the test rows choose nothing.

interface Trained {
  readonly index: number;
  readonly validation_log_loss: number;
}

/** Lowest validation log loss; of equal ones the first in the plan. */
export function chooseChallenger<T extends Trained>(trained: readonly T[]): T {
  const [first, ...others] = trained;
  if (first === undefined) throw new RangeError('there is no candidate to choose from');
  return others.reduce((best, next) => {
    if (next.validation_log_loss !== best.validation_log_loss) {
      return next.validation_log_loss < best.validation_log_loss ? next : best;
    }
    return next.index < best.index ? next : best;
  }, first);
}
