// Randomness without state: a hash of (seed, stream, counter), so that any thread draws the same numbers for the same row.

/** 32 well-mixed bits (the finaliser of MurmurHash3 over a sum of odd multiples). The kernels compute the same from `counterBase`. */
export function counterHash(seed: number, stream: number, counter: number): number {
  let h = (counterBase(seed, stream) + Math.imul(counter, 0xc2b2ae3d)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function counterBase(seed: number, stream: number): number {
  return (Math.imul(seed, 0x9e3779b1) + Math.imul(stream, 0x85ebca77)) | 0;
}

/** Draws of probability `share` are those with `counterHash(...) <= drawLimit(share)`. */
export function drawLimit(share: number): number {
  return Math.max(0, Math.min(2 ** 32, Math.floor(share * 2 ** 32)) - 1);
}

/** `count` of `n` indices, ascending, drawn without replacement. */
export function drawColumns(seed: number, stream: number, n: number, count: number): number[] {
  const keyed = Array.from({ length: n }, (_, index) => ({ index, key: counterHash(seed, stream, index) }));
  keyed.sort((a, b) => a.key - b.key || a.index - b.index);
  return keyed
    .slice(0, Math.max(1, Math.min(n, count)))
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}
