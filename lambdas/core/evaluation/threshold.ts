// The probability that separates the two answers, by policy rather than at .5, where this data has almost no positive.

import type { Threshold } from '../candidates/signature.ts';
import { EvaluationInputError } from './ranking.ts';

/**
 * The probability of the last row within the top `share` of the validation rows (at least one row): rows at or above it
 * are flagged. Rows that tie with that one are flagged too, so with ties more than `share` can be.
 */
export function chooseThreshold(probabilities: Float64Array, share = 0.1): Threshold {
  if (probabilities.length === 0) throw new EvaluationInputError('no validation rows to choose a threshold on');
  if (!(share > 0 && share <= 1)) throw new EvaluationInputError(`the share ${share} is not within 0..1`);
  const ascending = probabilities.toSorted();
  const flagged = Math.max(1, Math.round(share * ascending.length));
  return { policy: 'top_share', share, value: ascending[ascending.length - flagged] };
}
