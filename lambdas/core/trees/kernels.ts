// What the hot loops of boosting do; load-kernels.ts gives them as WebAssembly SIMD or as plain TypeScript.

/** Rows of a histogram call at most: beyond, packed sums could overflow 26 bits. Flush between calls. */
export const ROWS_PER_FLUSH = 16_000;
/** Gradients are quantised to multiples of 2^-12, hessians to 2^-14 (both of the largest row weight); Shi et al. 2022 need far fewer. */
export const GRADIENT_SCALE = 2 ** 12;
export const HESSIAN_SCALE = 2 ** 14;
/** Codes a bundle, and so the histogram cells a bundle. */
export const CODES = 256;

/** Pointers are byte addresses in the shared block; row lists are uint32, numbers float64, codes and labels bytes. */
export interface Kernels {
  /**
   * Gradient p - y and hessian p (1 - p) of rows [from, to) (from a multiple of 4), times `scaleG`, `scaleH` and the weight (address 0: 1),
   * rounded to integers and packed as G * 2^26 + H (H >= 1). A row is sampled when its counter hash is <= drawLimit; both lists keep order.
   * Writes the sampled rows' sums of G and H to `sums`; returns how many were sampled.
   */
  gradients(
    margins: number,
    labels: number,
    weights: number,
    packed: number,
    from: number,
    to: number,
    hashBase: number,
    drawLimit: number,
    scaleG: number,
    scaleH: number,
    sampledOut: number,
    restOut: number,
    sums: number,
  ): number;
  /** Sum of the rows' log loss (times weight) in units of 1/scale, each row rounded: an integer, so that order does not matter. */
  logLoss(margins: number, labels: number, weights: number, from: number, to: number, scale: number): number;
  /**
   * hist[column * 256 + code] += packed[row] for the listed rows; their codes lie side by side, `records + row * stride + column`. With an
   * odd number of columns the next one's cells are written as well, and mean nothing: stride and hist have room for it.
   */
  histogram(
    rows: number,
    count: number,
    packed: number,
    records: number,
    stride: number,
    columns: number,
    hist: number,
  ): void;
  /** Unpacks n (even) cells of hist into g and h, added when `add` is 1, and zeroes them. */
  flush(hist: number, g: number, h: number, n: number, add: number): void;
  /** target[i] += source[i] for n (even) numbers. */
  addInto(target: number, source: number, n: number): void;
  /** target[i] -= source[i] for n (even) numbers. */
  subtractFrom(target: number, source: number, n: number): void;
  /** outG[map[code]] += g[code], and h alike, for the first `codes` codes. */
  expand(map: number, codes: number, g: number, h: number, outG: number, outH: number): void;
  /** Rows whose table[codes[row]] is 1 to the front of `out` in order, the others to its back in reverse; returns how many went left. */
  partition(rows: number, count: number, codes: number, table: number, out: number): number;
  /** margins[row] += values[codes[row]] for the listed rows. */
  addByBin(rows: number, count: number, codes: number, values: number, margins: number): void;
  /** margins[row] += value for the listed rows. */
  addConstant(rows: number, count: number, value: number, margins: number): void;
}
