// The histogram of answer times: fixed bounds, cumulative counts, as Prometheus reads them.

/**
 * Upper bounds in seconds. Dense around 10 ms, where a warm answer lies, and up to API Gateway's limit of 29 s.
 * A bound that once was counted stays: the counts of a new one would begin at zero and break the order of the buckets.
 */
export const DURATION_BOUNDS = [
  0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 29,
] as const;

export const MICROSECONDS = 1e6;

/** 1 for each bound that the duration does not exceed, else 0; durations in whole microseconds. */
export function bucketsOf(durationUs: number): number[] {
  return DURATION_BOUNDS.map((bound) => (durationUs <= Math.round(bound * MICROSECONDS) ? 1 : 0));
}
