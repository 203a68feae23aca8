// The chi-square distribution: tail probabilities and quantiles, by the incomplete gamma function.

const ITERATIONS = 500;
const PRECISION = 1e-15;

/** P(X >= x) for X of chi-square with so many degrees of freedom. */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const a = degrees / 2;
  const z = x / 2;
  return z < a + 1 ? 1 - lowerSeries(a, z) : upperFraction(a, z);
}

/** The x that is exceeded with this probability, 0 < tail < 1; by bisection to the last digits that a double holds. */
export function chiSquareQuantile(tail: number, degrees: number): number {
  let low = 0;
  let high = degrees + 1;
  while (chiSquareTail(high, degrees) > tail) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (chiSquareTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Regularized lower incomplete gamma by its series (Abramowitz & Stegun 6.5.29); converges fast below a + 1. */
function lowerSeries(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < ITERATIONS && term > sum * PRECISION; n++) {
    term *= z / (a + n);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(z) - z - logGamma(a));
}

/** Regularized upper incomplete gamma by its continued fraction (A&S 6.5.31), evaluated as Lentz does. */
function upperFraction(a: number, z: number): number {
  const least = 1e-300;
  let b = z + 1 - a;
  let c = 1 / least;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < ITERATIONS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / notZero(numerator * d + b, least);
    c = notZero(b + numerator / c, least);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction * Math.exp(a * Math.log(z) - z - logGamma(a));
}

const notZero = (value: number, least: number) => (Math.abs(value) < least ? least : value);

/** Lanczos (1964), g = 7, nine coefficients: 15 digits for arguments above 0. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const sum = LANCZOS.reduce((total, c, i) => total + (i === 0 ? c : c / (at + i)), 0);
  const t = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum);
}
