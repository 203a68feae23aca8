// The patient-cluster bootstrap: which patients count how often, and the interval that the resamples give.

/**
 * Calls `use` for each resample with the number of times that each patient was drawn, with replacement, from all
 * patients. The array is reused. Resample r depends on (seed, r, patients) alone, so two models that are evaluated with
 * the same seed on the same rows see the same resamples.
 */
export function eachResample(
  patients: number,
  resamples: number,
  seed: number,
  use: (multiplicity: Uint8Array, resample: number) => void,
): void {
  const multiplicity = new Uint8Array(patients);
  for (let resample = 0; resample < resamples; resample++) {
    multiplicity.fill(0);
    draw(multiplicity, seed, resample);
    use(multiplicity, resample);
  }
}

/** sfc32 (Doty-Humphrey, PractRand): small fast counter generator with 128 bits of state, seeded by (seed, resample). */
function draw(multiplicity: Uint8Array, seed: number, resample: number): void {
  const patients = multiplicity.length;
  let a = seed | 0;
  let b = resample | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  for (let i = -12; i < patients; i++) {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word;
    // The first words of a state still show the seed.
    if (i >= 0) multiplicity[Math.floor(((word >>> 0) / 4294967296) * patients)]++;
  }
}

/** The central 95 % of the finite values, by linear interpolation; null when under 95 % of them are finite. */
export function interval95(values: Float64Array): { readonly low: number; readonly high: number } | null {
  const finite = values.filter(Number.isFinite).sort();
  if (finite.length === 0 || finite.length < 0.95 * values.length) return null;
  return { low: quantile(finite, 0.025), high: quantile(finite, 0.975) };
}

/** Quantile of ascending values, linear between ranks as numpy's default. */
export function quantile(ascending: Float64Array, share: number): number {
  const rank = share * (ascending.length - 1);
  const below = Math.floor(rank);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (rank - below) * (ascending[above] - ascending[below]);
}
