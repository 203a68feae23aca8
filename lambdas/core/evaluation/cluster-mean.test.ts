import { describe, expect, it } from 'vitest';
import { clusterMean, probabilityOfGain, upperLimit } from './cluster-mean.ts';
import { normalTail, normalUpperQuantile } from './normal.ts';
import { numberPatients } from './ranking.ts';

/** mulberry32, for draws that are the same in every run. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
}

describe('the normal distribution', () => {
  it.each([
    [0.05, 1.6448536],
    [0.025, 1.959964],
    [0.001, 3.0902323],
    [0.00001, 4.2648908],
  ])('leaves %d above %d', (level, z) => {
    expect(normalUpperQuantile(level)).toBeCloseTo(z, 5);
    expect(normalTail(z) / level).toBeCloseTo(1, 5);
    expect(normalTail(-z)).toBeCloseTo(1 - level, 6);
  });
});

describe('the mean over patients', () => {
  it('counts the rows of one patient as one observation', () => {
    const single = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i));
    const alone = clusterMean(single, numberPatients(Float64Array.from(single.keys())));
    const twice = Float64Array.from({ length: 800 }, (_, i) => single[i >> 1]);
    const together = clusterMean(twice, numberPatients(Float64Array.from(twice.keys(), (i) => i >> 1)));
    expect(together.value).toBeCloseTo(alone.value, 12);
    expect(together.standard_error).toBeCloseTo(alone.standard_error, 12);
    const naive = clusterMean(twice, numberPatients(Float64Array.from(twice.keys())));
    expect(naive.standard_error).toBeLessThan(0.75 * together.standard_error);
  });

  it('is the textbook standard error where every patient has one row', () => {
    const { value, standard_error } = clusterMean(Float64Array.of(1, 2, 3, 4), {
      count: 4,
      ofRow: Uint32Array.of(0, 1, 2, 3),
    });
    expect(value).toBe(2.5);
    expect(standard_error).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
  });

  it.each([
    ['losses that are mostly small and seldom great', 1],
    ['gains that are mostly small and seldom great', -1],
  ])('has a limit that fails as seldom as it says, of %s', (_, sign) => {
    const random = generator(5);
    const patients = numberPatients(Float64Array.from(Array(400).keys()));
    const missed = { at01: 0, at001: 0 };
    const trials = 6000;
    for (let trial = 0; trial < trials; trial++) {
      // Exponentials less their mean: skewness 2, three times what two fits differ by on the public data.
      const values = Float64Array.from(patients.ofRow, () => sign * (-Math.log(1 - random()) - 1));
      const mean = clusterMean(values, patients);
      if (upperLimit(mean, 0.01) < 0) missed.at01++;
      if (upperLimit(mean, 0.001) < 0) missed.at001++;
    }
    expect(missed.at01 / trials).toBeLessThan(0.0175);
    expect(missed.at001 / trials).toBeLessThan(0.004);
  });

  it('says how probable such a gain is by chance, in accord with its limit', () => {
    const mean = { value: -0.002, standard_error: 0.0005, skewness: 2, patients: 5000 };
    const p = probabilityOfGain(mean);
    expect(upperLimit(mean, p * 1.1)).toBeLessThan(0);
    expect(upperLimit(mean, p / 1.1)).toBeGreaterThan(0);
    expect(probabilityOfGain({ ...mean, value: 0, standard_error: 0 })).toBe(1);
  });
});
