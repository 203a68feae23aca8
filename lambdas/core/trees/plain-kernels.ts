// The kernels in plain TypeScript: the specification of assembly/kernels.ts, and what runs where WebAssembly SIMD is missing.
import { CODES, type Kernels } from './kernels.ts';
import { viewsOf } from './memory.ts';

const f = Math.fround;
const MAGIC = 6755399441055744;
const MAGIC_FLOAT = 12582912;
const PACK = 2 ** 26;
const POWERS = Float64Array.from({ length: 128 }, (_, index) => 2 ** (index - 100));

/** Rounds to the nearest integer, ties to even: doubles below 2^51, floats below 2^22. */
const nearest = (x: number): number => x + MAGIC - MAGIC;
const nearestFloat = (x: number): number => f(f(x + MAGIC_FLOAT) - MAGIC_FLOAT);

/**
 * exp(-|m|) with |m| held at 60: 2^k * polynomial(r) after -|m| = k ln 2 + r (Cody and Waite's reduction), the polynomial in Estrin's
 * order so that its steps overlap. Relative error 1e-8.
 */
export function expNegative(m: number): number {
  const size = Math.abs(m);
  const x = size < 60 ? -size : -60;
  const k = nearest(x * Math.LOG2E);
  const r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  const rr = r * r;
  const low = 1 + r + rr * (0.5 + r * (1 / 6));
  const high = 1 / 24 + r * (1 / 120) + rr * (1 / 720 + r * (1 / 5040));
  return (low + rr * rr * high) * POWERS[k + 100];
}

/** The same in float32, for gradients, which are rounded to 2^-12 afterwards. Relative error 1e-5. */
export function expNegativeFloat(m: number): number {
  const size = Math.abs(m);
  const x = size < 60 ? -size : -60;
  const k = nearestFloat(f(x * f(1.44269502)));
  const r = f(f(x - f(k * f(0.693145752))) - f(k * f(1.42860677e-6)));
  const rr = f(r * r);
  const low = f(f(1 + r) + f(rr * f(0.5 + f(r * f(1 / 6)))));
  const high = f(f(1 / 24) + f(r * f(1 / 120)));
  return f(f(low + f(f(rr * rr) * high)) * POWERS[k + 100]);
}

/** log(1 + e) for 0 < e <= 1 as 2 atanh(e / (e + 2)), its series to the 15th power. Relative error 1e-8. */
export function log1pUnit(e: number): number {
  const z = e / (e + 2);
  const zz = z * z;
  const z4 = zz * zz;
  const z8 = z4 * z4;
  const low = 1 + zz * (1 / 3) + z4 * (1 / 5 + zz * (1 / 7));
  const high = 1 / 9 + zz * (1 / 11) + z4 * (1 / 13 + zz * (1 / 15));
  return (z + z) * (low + z8 * high);
}

export function plainKernels(block: SharedArrayBuffer): Kernels {
  const { u8, u32, f64 } = viewsOf(block);
  return {
    gradients(
      margins,
      labels,
      weights,
      packed,
      from,
      to,
      hashBase,
      drawLimit,
      scaleG,
      scaleH,
      sampledOut,
      restOut,
      sums,
    ) {
      let sampled = sampledOut >>> 2;
      let rest = restOut >>> 2;
      let sumG = 0;
      let sumH = 0;
      for (let row = from; row < to; row += 1) {
        const m = f(f64[(margins >>> 3) + row]);
        const e = expNegativeFloat(m);
        const above = f(1 / f(1 + e));
        const p = m >= 0 ? above : f(e * above);
        let g = f(f(p - u8[labels + row]) * f(scaleG));
        let h = f(f(p * f(1 - p)) * f(scaleH));
        if (weights !== 0) {
          const w = f(f64[(weights >>> 3) + row]);
          g = f(g * w);
          h = f(h * w);
        }
        g = nearestFloat(g);
        h = Math.max(1, nearestFloat(h));
        f64[(packed >>> 3) + row] = g * PACK + h;
        if (mix((hashBase + Math.imul(row, 0xc2b2ae3d)) | 0) <= drawLimit >>> 0) {
          u32[sampled++] = row;
          sumG += g;
          sumH += h;
        } else u32[rest++] = row;
      }
      f64[sums >>> 3] = sumG;
      f64[(sums >>> 3) + 1] = sumH;
      return sampled - (sampledOut >>> 2);
    },
    logLoss(margins, labels, weights, from, to, scale) {
      let sum = 0;
      for (let row = from; row < to; row += 1) {
        const m = f64[(margins >>> 3) + row];
        const signed = m * (1 - (u8[labels + row] + u8[labels + row]));
        let loss = (Math.max(signed, 0) + log1pUnit(expNegative(m))) * scale;
        if (weights !== 0) loss *= f64[(weights >>> 3) + row];
        sum += nearest(loss);
      }
      return sum;
    },
    histogram(rows, count, packed, records, stride, columns, hist) {
      for (let column = 0; column < columns; column += 1) {
        const cells = (hist >>> 3) + column * CODES;
        for (let each = rows >>> 2; each < (rows >>> 2) + count; each += 1) {
          const row = u32[each];
          f64[cells + u8[records + row * stride + column]] += f64[(packed >>> 3) + row];
        }
      }
    },
    flush(hist, g, h, n, add) {
      for (let cell = 0; cell < n; cell += 1) {
        const v = f64[(hist >>> 3) + cell];
        const sumG = Math.floor(v * (1 / PACK));
        const sumH = v - sumG * PACK;
        f64[(g >>> 3) + cell] = add === 0 ? sumG : f64[(g >>> 3) + cell] + sumG;
        f64[(h >>> 3) + cell] = add === 0 ? sumH : f64[(h >>> 3) + cell] + sumH;
        f64[(hist >>> 3) + cell] = 0;
      }
    },
    addInto(target, source, n) {
      for (let each = 0; each < n; each += 1) f64[(target >>> 3) + each] += f64[(source >>> 3) + each];
    },
    subtractFrom(target, source, n) {
      for (let each = 0; each < n; each += 1) f64[(target >>> 3) + each] -= f64[(source >>> 3) + each];
    },
    expand(map, codes, g, h, outG, outH) {
      for (let code = 0; code < codes; code += 1) {
        const bin = u8[map + code];
        f64[(outG >>> 3) + bin] += f64[(g >>> 3) + code];
        f64[(outH >>> 3) + bin] += f64[(h >>> 3) + code];
      }
    },
    partition(rows, count, codes, table, out) {
      let left = out >>> 2;
      let right = left + count - 1;
      for (let each = rows >>> 2; each < (rows >>> 2) + count; each += 1) {
        const row = u32[each];
        const side = u8[table + u8[codes + row]];
        u32[left] = row;
        u32[right] = row;
        left += side;
        right += side - 1;
      }
      return left - (out >>> 2);
    },
    addByBin(rows, count, codes, values, margins) {
      for (let each = rows >>> 2; each < (rows >>> 2) + count; each += 1) {
        const row = u32[each];
        f64[(margins >>> 3) + row] += f64[(values >>> 3) + u8[codes + row]];
      }
    },
    addConstant(rows, count, value, margins) {
      for (let each = rows >>> 2; each < (rows >>> 2) + count; each += 1) f64[(margins >>> 3) + u32[each]] += value;
    },
  };
}

/** The finaliser of counter-hash.ts. */
function mix(start: number): number {
  let h = start;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
