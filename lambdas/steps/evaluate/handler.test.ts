import { describe, expect, it } from 'vitest';
import { chooseChallenger } from './challenger.ts';
import { toSlice } from './rows.ts';

describe('the candidate that goes to the gate', () => {
  it('has the lowest validation log loss, whatever its place in the plan', () => {
    const candidates = [
      { index: 0, validation_log_loss: 0.35 },
      { index: 1, validation_log_loss: 0.34 },
      { index: 2, validation_log_loss: 0.36 },
    ];
    expect(chooseChallenger(candidates).index).toBe(1);
    expect(chooseChallenger(candidates.toReversed()).index).toBe(1);
  });

  it('is the first in the plan among equals, so that a retry chooses the same', () => {
    const equal = [2, 0, 1].map((index) => ({ index, validation_log_loss: 0.34 }));
    expect(chooseChallenger(equal).index).toBe(0);
  });

  it('needs at least one', () => {
    expect(() => chooseChallenger([])).toThrow(RangeError);
  });
});

describe('a subgroup slice', () => {
  it('codes every row by its level, levels in text order', () => {
    const slice = toSlice(['Male', 'Female', 'Male']);
    expect(slice.levels).toEqual(['Female', 'Male']);
    expect([...slice.codes]).toEqual([1, 0, 1]);
  });
});
