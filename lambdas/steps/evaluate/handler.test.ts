import { describe, expect, it } from 'vitest';
import { sliceOf } from '../../core/evaluation/subgroups.ts';
import { chooseChallenger, finalists, isSimpler } from './challenger.ts';

describe('the candidate that goes to the gate', () => {
  it('has the lowest validation log loss, whatever its place in the plan', () => {
    const candidates = [
      { index: 0, validation_log_loss: 0.35, cv_log_loss: null },
      { index: 1, validation_log_loss: 0.34, cv_log_loss: null },
      { index: 2, validation_log_loss: 0.36, cv_log_loss: null },
    ];
    expect(chooseChallenger(candidates).index).toBe(1);
    expect(chooseChallenger(candidates.toReversed()).index).toBe(1);
  });

  it('is the first in the plan among equals, so that a retry chooses the same', () => {
    const equal = [2, 0, 1].map((index) => ({ index, validation_log_loss: 0.34, cv_log_loss: null }));
    expect(chooseChallenger(equal).index).toBe(0);
  });

  it('needs at least one', () => {
    expect(() => chooseChallenger([])).toThrow(RangeError);
  });
});

it('a challenger answers to simpler kinds of model alone, whatever the candidates are called', () => {
  expect(isSimpler('logistic_regression', 'gradient_boosting')).toBe(true);
  expect(isSimpler('random_forest', 'gradient_boosting')).toBe(true);
  expect(isSimpler('gradient_boosting', 'logistic_regression')).toBe(false);
  expect(isSimpler('random_forest', 'random_forest')).toBe(false);
});

describe('the candidates that are measured on test', () => {
  it('are those named one by one and the best of a search by cross-validation, not by validation', () => {
    const candidates = [
      { index: 0, validation_log_loss: 0.35, cv_log_loss: null },
      { index: 1, validation_log_loss: 0.33, cv_log_loss: 0.341 },
      { index: 2, validation_log_loss: 0.34, cv_log_loss: 0.34 },
      { index: 3, validation_log_loss: 0.36, cv_log_loss: null },
    ];
    expect(finalists(candidates).map(({ index }) => index)).toEqual([0, 2, 3]);
    expect(chooseChallenger(finalists(candidates)).index).toBe(2);
  });
});

describe('a subgroup slice', () => {
  it('codes every row by its level, levels in text order', () => {
    const slice = sliceOf(['Male', 'Female', 'Male']);
    expect(slice.levels).toEqual(['Female', 'Male']);
    expect([...slice.codes]).toEqual([1, 0, 1]);
  });
});
