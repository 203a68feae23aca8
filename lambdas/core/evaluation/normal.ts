// The standard normal distribution: quantiles and tails, accurate far out, where levels such as .0001 lie.

/** P(Z > z). Complementary error function by W. J. Cody's rational approximation as in Numerical Recipes (erfc, 1.2e-7 relative). */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const polynomial =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const erfc = t * Math.exp(-x * x + polynomial);
  return z >= 0 ? erfc / 2 : 1 - erfc / 2;
}

/** The z with P(Z > z) = level, by bisection on `normalTail`. @throws {RangeError} a level that is not within (0, 1) */
export function normalUpperQuantile(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`${level} is no level: it must lie between 0 and 1`);
  let [low, high] = [-40, 40];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
