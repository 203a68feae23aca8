// Which of many tests to believe: few false ones among those that are named.

/**
 * Benjamini & Hochberg (1995): of the tests that are named, a share of at most `rate` is expected to be false. Answers for
 * each p whether it is named, in the order given.
 */
export function discoveries(ps: readonly number[], rate: number): boolean[] {
  const ascending = ps.toSorted((a, b) => a - b);
  const last = ascending.findLastIndex((p, i) => p <= (rate * (i + 1)) / ps.length);
  const bound = last === -1 ? -1 : (ascending[last] ?? -1);
  return ps.map((p) => p <= bound);
}
