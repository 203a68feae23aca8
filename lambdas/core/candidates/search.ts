// Tuning: a search stands for many boosting configurations, drawn by seed.
import { counterHash } from '../trees/counter-hash.ts';
import { type AnyCandidate, type Candidate, fittableSchema, type SearchCandidate } from './candidate.ts';

/** The fits that a list of candidates asks for, searches expanded in place. */
export function expandCandidates(candidates: readonly AnyCandidate[]): Candidate[] {
  return candidates.flatMap((candidate) =>
    candidate.algorithm === 'search'
      ? expandSearch(candidate, candidate.params.configurations, candidate.seed)
      : [candidate],
  );
}

/** n gradient boosting configurations; the same arguments give the same list, and a longer list starts with the shorter. */
export function expandSearch(search: SearchCandidate, n: number, seed: number): Candidate[] {
  return Array.from({ length: n }, (_, index) => {
    const draw = (stream: number) => counterHash(seed, stream, index) / 2 ** 32;
    const pick = <T>(stream: number, from: readonly T[]) => from[Math.floor(draw(stream) * from.length)];
    const logUniform = (stream: number, low: number, high: number) =>
      Number((low * (high / low) ** draw(stream)).toPrecision(3));
    const leafWise = draw(1) < 0.5;
    return fittableSchema.parse({
      algorithm: 'gradient_boosting',
      name: `${search.name ?? 'search'} ${index + 1} of ${n}`,
      seed: search.seed + index,
      folds: search.params.folds,
      calibration: search.calibration,
      recalibrate: search.recalibrate,
      recalibrate_newest: search.recalibrate_newest,
      params: {
        growth: leafWise ? 'leaf' : 'depth',
        max_depth: leafWise ? 8 : pick(2, [3, 4, 5, 6]),
        max_leaves: pick(3, [8, 12, 16, 24, 31]),
        learning_rate: logUniform(4, 0.04, 0.12),
        min_child_weight: logUniform(5, 2, 60),
        l2: logUniform(6, 0.5, 30),
        subsample: pick(7, [0.6, 0.7, 0.8, 0.9, 1]),
        colsample: pick(8, [0.2, 0.3, 0.5, 0.7, 1]),
        category_smoothing: logUniform(9, 2, 60),
        category_l2: logUniform(10, 1, 40),
      },
    });
  });
}
