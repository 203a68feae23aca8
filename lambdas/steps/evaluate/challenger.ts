// The candidate that goes to the gate: chosen on validation rows, so that the test rows choose nothing.

interface Measured {
  readonly index: number;
  readonly validationLogLoss: number;
}

/** Lowest validation log loss; of equal ones the first in the plan. */
export function chooseChallenger<M extends Measured>(measured: readonly M[]): M {
  const [first, ...others] = measured;
  if (first === undefined) throw new RangeError('there is no candidate to choose from');
  return others.reduce((best, next) => {
    if (next.validationLogLoss !== best.validationLogLoss) {
      return next.validationLogLoss < best.validationLogLoss ? next : best;
    }
    return next.index < best.index ? next : best;
  }, first);
}
