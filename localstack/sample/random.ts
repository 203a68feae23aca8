// Seeded random numbers and draws from weighted values.

/** Uniform numbers in [0, 1): sfc32 (Chris Doty-Humphrey, PractRand), started from a 32-bit seed. */
export function seededRandom(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** Values with their weights, made ready for drawing. */
export interface Weighted {
  readonly values: readonly string[];
  readonly cumulative: Float64Array;
}

export function weighted(weights: Readonly<Record<string, number>>): Weighted {
  const values = Object.keys(weights);
  const cumulative = new Float64Array(values.length);
  let sum = 0;
  values.forEach((value, i) => {
    sum += weights[value];
    cumulative[i] = sum;
  });
  return { values, cumulative };
}

/** @param uniform a number in [0, 1) */
export function draw({ values, cumulative }: Weighted, uniform: number): string {
  const target = uniform * cumulative[cumulative.length - 1];
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return values[low];
}
