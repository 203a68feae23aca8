// The hot loops of boosting in AssemblyScript, compiled to WebAssembly SIMD: `npm run kernels` writes ../kernels-binary.ts.
// plain-kernels.ts says the same in TypeScript and is the specification: both must give the same bits. All pointers are byte addresses.

/** Columns of one pass over the rows: their histograms (48 KB) stay near the core. */
const PASS: i32 = 24;
const MAGIC: f64 = 6755399441055744.0;
const MAGIC_FLOAT: f32 = 12582912.0;
const PACK: f64 = 67108864.0;

/** Four doubles as floats. */
function floats(at: usize): v128 {
  const low = f32x4.demote_f64x2_zero(v128.load(at));
  return v128.shuffle<f32>(low, f32x4.demote_f64x2_zero(v128.load(at, 16)), 0, 1, 4, 5);
}

function highHalf(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 3, 2, 3);
}

export function gradients(
  margins: usize,
  labels: usize,
  weights: usize,
  packed: usize,
  from: i32,
  to: i32,
  hashBase: i32,
  drawLimit: u32,
  scaleG: f32,
  scaleH: f32,
  sampledOut: usize,
  restOut: usize,
  sums: usize,
): i32 {
  let sampledAt = sampledOut;
  let restAt = restOut;
  let sumG = f64x2.splat(0);
  let sumH = f64x2.splat(0);
  // Literals in a loop are rebuilt at each turn; values that are not literals stay in registers. So 1 is computed.
  const unit = scaleG / scaleG;
  const one = f32x4.splat(unit);
  const most = f32x4.splat(unit * 60);
  const log2e = f32x4.splat(unit * 1.44269502);
  const magic = f32x4.splat(unit * MAGIC_FLOAT);
  const ln2High = f32x4.splat(unit * 0.693145752);
  const ln2Low = f32x4.splat(unit * 1.42860677e-6);
  const c2 = f32x4.splat(unit * 0.5);
  const c3 = f32x4.splat(unit * (1.0 / 6.0));
  const c4 = f32x4.splat(unit * (1.0 / 24.0));
  const c5 = f32x4.splat(unit * (1.0 / 120.0));
  const timesG = f32x4.splat(scaleG);
  const timesH = f32x4.splat(scaleH);
  const pack = f64x2.splat(<f64>unit * PACK);
  const lanes = i32x4(0, 1, 2, 3);
  const mixA = i32x4.splat(<i32>unit * 0x85ebca6b);
  const mixB = i32x4.splat(<i32>unit * 0xc2b2ae35);
  const limit = i32x4.splat(drawLimit);
  const hashStep = i32x4.splat(<i32>unit * 0xc2b2ae3d * 4);
  let start = i32x4.add(i32x4.splat(hashBase), i32x4.mul(i32x4.add(i32x4.splat(from), lanes), i32x4.splat(0xc2b2ae3d)));
  for (let row = from; row < to; row += 4) {
    let hash = start;
    start = i32x4.add(start, hashStep);
    hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 16)), mixA);
    hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 13)), mixB);
    hash = v128.xor(hash, i32x4.shr_u(hash, 16));
    const drawn = v128.and(i32x4.le_u(hash, limit), i32x4.lt_s(lanes, i32x4.splat(to - row)));

    const offset = (<usize>row) << 3;
    const m = floats(margins + offset);
    // exp(-|m|) = 2^k * polynomial(r): k sits in the low bits of x log2(e) + magic.
    const x = f32x4.neg(f32x4.pmin(f32x4.abs(m), most));
    const t = f32x4.add(f32x4.mul(x, log2e), magic);
    const k = f32x4.sub(t, magic);
    const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, ln2High)), f32x4.mul(k, ln2Low));
    const rr = f32x4.mul(r, r);
    const low = f32x4.add(f32x4.add(one, r), f32x4.mul(rr, f32x4.add(c2, f32x4.mul(r, c3))));
    const high = f32x4.add(c4, f32x4.mul(r, c5));
    const polynomial = f32x4.add(low, f32x4.mul(f32x4.mul(rr, rr), high));
    const e = i32x4.add(polynomial, i32x4.shl(t, 23));

    const above = f32x4.div(one, f32x4.add(one, e));
    const p = v128.bitselect(above, f32x4.mul(e, above), f32x4.ge(m, f32x4.splat(0)));
    const bytes = v128.load_zero<u32>(labels + row);
    const y = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
    let g = f32x4.mul(f32x4.sub(p, y), timesG);
    let h = f32x4.mul(f32x4.mul(p, f32x4.sub(one, p)), timesH);
    if (weights) {
      const w = floats(weights + offset);
      g = f32x4.mul(g, w);
      h = f32x4.mul(h, w);
    }
    g = f32x4.sub(f32x4.add(g, magic), magic);
    h = f32x4.pmax(f32x4.sub(f32x4.add(h, magic), magic), one);
    const lowG = f64x2.promote_low_f32x4(g);
    const lowH = f64x2.promote_low_f32x4(h);
    const highG = f64x2.promote_low_f32x4(highHalf(g));
    const highH = f64x2.promote_low_f32x4(highHalf(h));
    v128.store(packed + offset, f64x2.add(f64x2.mul(lowG, pack), lowH));
    v128.store(packed + offset, f64x2.add(f64x2.mul(highG, pack), highH), 16);
    const lowMask = i64x2.extend_low_i32x4_s(drawn);
    const highMask = i64x2.extend_high_i32x4_s(drawn);
    sumG = f64x2.add(sumG, f64x2.add(v128.and(lowG, lowMask), v128.and(highG, highMask)));
    sumH = f64x2.add(sumH, f64x2.add(v128.and(lowH, lowMask), v128.and(highH, highMask)));

    const bits = i32x4.bitmask(drawn);
    if (to - row >= 4) {
      store<u32>(sampledAt, row);
      store<u32>(restAt, row);
      let take = (<usize>(bits & 1)) << 2;
      sampledAt += take;
      restAt += 4 - take;
      store<u32>(sampledAt, row + 1);
      store<u32>(restAt, row + 1);
      take = (<usize>(bits & 2)) << 1;
      sampledAt += take;
      restAt += 4 - take;
      store<u32>(sampledAt, row + 2);
      store<u32>(restAt, row + 2);
      take = <usize>(bits & 4);
      sampledAt += take;
      restAt += 4 - take;
      store<u32>(sampledAt, row + 3);
      store<u32>(restAt, row + 3);
      take = <usize>(bits & 8) >> 1;
      sampledAt += take;
      restAt += 4 - take;
    } else {
      for (let lane = 0; lane < to - row; lane += 1) {
        const take = (<usize>((bits >> lane) & 1)) << 2;
        store<u32>(sampledAt, row + lane);
        store<u32>(restAt, row + lane);
        sampledAt += take;
        restAt += 4 - take;
      }
    }
  }
  store<f64>(sums, f64x2.extract_lane(sumG, 0) + f64x2.extract_lane(sumG, 1));
  store<f64>(sums, f64x2.extract_lane(sumH, 0) + f64x2.extract_lane(sumH, 1), 8);
  return <i32>((sampledAt - sampledOut) >> 2);
}

export function logLoss(margins: usize, labels: usize, weights: usize, from: i32, to: i32, scale: f64): f64 {
  let sum = f64x2.splat(0);
  const unit = scale / scale;
  const one = f64x2.splat(unit);
  const two = f64x2.splat(unit * 2);
  const most = f64x2.splat(unit * 60);
  const magic = f64x2.splat(unit * MAGIC);
  const log2e = f64x2.splat(unit * Math.LOG2E);
  const ln2High = f64x2.splat(unit * 0.6931471803691238);
  const ln2Low = f64x2.splat(unit * 1.9082149292705877e-10);
  const c2 = f64x2.splat(unit * 0.5);
  const c3 = f64x2.splat(unit * (1.0 / 6.0));
  const c4 = f64x2.splat(unit * (1.0 / 24.0));
  const c5 = f64x2.splat(unit * (1.0 / 120.0));
  const c6 = f64x2.splat(unit * (1.0 / 720.0));
  const c7 = f64x2.splat(unit * (1.0 / 5040.0));
  const d3 = f64x2.splat(unit * (1.0 / 3.0));
  const d5 = f64x2.splat(unit * (1.0 / 5.0));
  const d7 = f64x2.splat(unit * (1.0 / 7.0));
  const d9 = f64x2.splat(unit * (1.0 / 9.0));
  const d11 = f64x2.splat(unit * (1.0 / 11.0));
  const d13 = f64x2.splat(unit * (1.0 / 13.0));
  const d15 = f64x2.splat(unit * (1.0 / 15.0));
  const times = f64x2.splat(scale);
  for (let row = from; row < to; row += 2) {
    const y = f64x2(<f64>load<u8>(labels + row), <f64>load<u8>(labels + row, 1));
    const m = v128.load(margins + ((<usize>row) << 3));
    const signed = f64x2.mul(m, f64x2.sub(one, f64x2.add(y, y)));
    const x = f64x2.neg(f64x2.pmin(f64x2.abs(m), most));
    const t = f64x2.add(f64x2.mul(x, log2e), magic);
    const k = f64x2.sub(t, magic);
    const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, ln2High)), f64x2.mul(k, ln2Low));
    const rr = f64x2.mul(r, r);
    const low = f64x2.add(f64x2.add(one, r), f64x2.mul(rr, f64x2.add(c2, f64x2.mul(r, c3))));
    const mid = f64x2.add(c4, f64x2.mul(r, c5));
    const high = f64x2.add(c6, f64x2.mul(r, c7));
    const polynomial = f64x2.add(low, f64x2.mul(f64x2.mul(rr, rr), f64x2.add(mid, f64x2.mul(rr, high))));
    const e = i64x2.add(polynomial, i64x2.shl(t, 52));

    const z = f64x2.div(e, f64x2.add(e, two));
    const zz = f64x2.mul(z, z);
    const z4 = f64x2.mul(zz, zz);
    const z8 = f64x2.mul(z4, z4);
    const p0 = f64x2.add(one, f64x2.mul(zz, d3));
    const p1 = f64x2.add(d5, f64x2.mul(zz, d7));
    const p2 = f64x2.add(d9, f64x2.mul(zz, d11));
    const p3 = f64x2.add(d13, f64x2.mul(zz, d15));
    const p = f64x2.add(f64x2.add(p0, f64x2.mul(z4, p1)), f64x2.mul(z8, f64x2.add(p2, f64x2.mul(z4, p3))));
    let loss = f64x2.add(f64x2.pmax(signed, f64x2.splat(0)), f64x2.mul(f64x2.add(z, z), p));
    loss = f64x2.mul(loss, times);
    if (weights) loss = f64x2.mul(loss, v128.load(weights + ((<usize>row) << 3)));
    loss = f64x2.sub(f64x2.add(loss, magic), magic);
    if (row + 1 >= to) loss = f64x2.replace_lane(loss, 1, 0);
    sum = f64x2.add(sum, loss);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * A pass for up to PASS columns of 256 cells. The number of columns decides the same branches for every row, so these cost next to
 * nothing; an odd one is rounded up.
 */
function addRows(list: usize, end: usize, packed: usize, codes: usize, stride: usize, columns: i32, hist: usize): void {
  const even = columns + 1;
  const fours = even >> 2;
  const two = even & 2;
  const tail = (<usize>fours) << 2;
  const histTail = hist + (tail << 11);
  let cell: usize = 0;
  for (; list < end; list += 4) {
    const row = <usize>load<u32>(list);
    const value = load<f64>(packed + (row << 3));
    const at = codes + row * stride;
    if (fours > 0) {
      cell = hist + ((<usize>load<u8>(at)) << 3);
      store<f64>(cell, load<f64>(cell) + value);
      cell = hist + ((<usize>load<u8>(at, 1)) << 3);
      store<f64>(cell, load<f64>(cell, 2048) + value, 2048);
      cell = hist + ((<usize>load<u8>(at, 2)) << 3);
      store<f64>(cell, load<f64>(cell, 4096) + value, 4096);
      cell = hist + ((<usize>load<u8>(at, 3)) << 3);
      store<f64>(cell, load<f64>(cell, 6144) + value, 6144);
    }
    if (fours > 1) {
      cell = hist + ((<usize>load<u8>(at, 4)) << 3);
      store<f64>(cell, load<f64>(cell, 8192) + value, 8192);
      cell = hist + ((<usize>load<u8>(at, 5)) << 3);
      store<f64>(cell, load<f64>(cell, 10240) + value, 10240);
      cell = hist + ((<usize>load<u8>(at, 6)) << 3);
      store<f64>(cell, load<f64>(cell, 12288) + value, 12288);
      cell = hist + ((<usize>load<u8>(at, 7)) << 3);
      store<f64>(cell, load<f64>(cell, 14336) + value, 14336);
    }
    if (fours > 2) {
      cell = hist + ((<usize>load<u8>(at, 8)) << 3);
      store<f64>(cell, load<f64>(cell, 16384) + value, 16384);
      cell = hist + ((<usize>load<u8>(at, 9)) << 3);
      store<f64>(cell, load<f64>(cell, 18432) + value, 18432);
      cell = hist + ((<usize>load<u8>(at, 10)) << 3);
      store<f64>(cell, load<f64>(cell, 20480) + value, 20480);
      cell = hist + ((<usize>load<u8>(at, 11)) << 3);
      store<f64>(cell, load<f64>(cell, 22528) + value, 22528);
    }
    if (fours > 3) {
      cell = hist + ((<usize>load<u8>(at, 12)) << 3);
      store<f64>(cell, load<f64>(cell, 24576) + value, 24576);
      cell = hist + ((<usize>load<u8>(at, 13)) << 3);
      store<f64>(cell, load<f64>(cell, 26624) + value, 26624);
      cell = hist + ((<usize>load<u8>(at, 14)) << 3);
      store<f64>(cell, load<f64>(cell, 28672) + value, 28672);
      cell = hist + ((<usize>load<u8>(at, 15)) << 3);
      store<f64>(cell, load<f64>(cell, 30720) + value, 30720);
    }
    if (fours > 4) {
      cell = hist + ((<usize>load<u8>(at, 16)) << 3);
      store<f64>(cell, load<f64>(cell, 32768) + value, 32768);
      cell = hist + ((<usize>load<u8>(at, 17)) << 3);
      store<f64>(cell, load<f64>(cell, 34816) + value, 34816);
      cell = hist + ((<usize>load<u8>(at, 18)) << 3);
      store<f64>(cell, load<f64>(cell, 36864) + value, 36864);
      cell = hist + ((<usize>load<u8>(at, 19)) << 3);
      store<f64>(cell, load<f64>(cell, 38912) + value, 38912);
    }
    if (fours > 5) {
      cell = hist + ((<usize>load<u8>(at, 20)) << 3);
      store<f64>(cell, load<f64>(cell, 40960) + value, 40960);
      cell = hist + ((<usize>load<u8>(at, 21)) << 3);
      store<f64>(cell, load<f64>(cell, 43008) + value, 43008);
      cell = hist + ((<usize>load<u8>(at, 22)) << 3);
      store<f64>(cell, load<f64>(cell, 45056) + value, 45056);
      cell = hist + ((<usize>load<u8>(at, 23)) << 3);
      store<f64>(cell, load<f64>(cell, 47104) + value, 47104);
    }
    if (two) {
      const last = at + tail;
      cell = histTail + ((<usize>load<u8>(last)) << 3);
      store<f64>(cell, load<f64>(cell) + value);
      cell = histTail + ((<usize>load<u8>(last, 1)) << 3);
      store<f64>(cell, load<f64>(cell, 2048) + value, 2048);
    }
  }
}

export function histogram(
  rows: usize,
  count: i32,
  packed: usize,
  records: usize,
  stride: i32,
  columns: i32,
  hist: usize,
): void {
  const end = rows + ((<usize>count) << 2);
  for (let column = 0; column < columns; column += PASS) {
    const columnsNow = min(PASS, columns - column);
    addRows(rows, end, packed, records + column, stride, columnsNow, hist + ((<usize>column) << 11));
  }
}

export function flush(hist: usize, g: usize, h: usize, n: i32, add: i32): void {
  const end = hist + ((<usize>n) << 3);
  const pack = f64x2.splat(PACK);
  const unpack = f64x2.splat(1.0 / PACK);
  for (; hist < end; hist += 16, g += 16, h += 16) {
    const v = v128.load(hist);
    let sumG = f64x2.floor(f64x2.mul(v, unpack));
    let sumH = f64x2.sub(v, f64x2.mul(sumG, pack));
    if (add) {
      sumG = f64x2.add(sumG, v128.load(g));
      sumH = f64x2.add(sumH, v128.load(h));
    }
    v128.store(g, sumG);
    v128.store(h, sumH);
    v128.store(hist, f64x2.splat(0));
  }
}

export function addInto(target: usize, source: usize, n: i32): void {
  const end = target + ((<usize>n) << 3);
  for (; target < end; target += 16, source += 16) v128.store(target, f64x2.add(v128.load(target), v128.load(source)));
}

export function subtractFrom(target: usize, source: usize, n: i32): void {
  const end = target + ((<usize>n) << 3);
  for (; target < end; target += 16, source += 16) v128.store(target, f64x2.sub(v128.load(target), v128.load(source)));
}

export function expand(map: usize, codes: i32, g: usize, h: usize, outG: usize, outH: usize): void {
  const end = map + codes;
  for (; map < end; map += 1, g += 8, h += 8) {
    const bin = (<usize>load<u8>(map)) << 3;
    store<f64>(outG + bin, load<f64>(outG + bin) + load<f64>(g));
    store<f64>(outH + bin, load<f64>(outH + bin) + load<f64>(h));
  }
}

export function partition(rows: usize, count: i32, codes: usize, table: usize, out: usize): i32 {
  let left = out;
  let right = out + ((<usize>count) << 2) - 4;
  const end = rows + ((<usize>count) << 2);
  for (; rows < end; rows += 4) {
    const row = load<u32>(rows);
    const step = (<usize>load<u8>(table + <usize>load<u8>(codes + <usize>row))) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += step;
    right += step - 4;
  }
  return <i32>((left - out) >> 2);
}

export function addByBin(rows: usize, count: i32, codes: usize, values: usize, margins: usize): void {
  const end = rows + ((<usize>count) << 2);
  for (; rows < end; rows += 4) {
    const row = <usize>load<u32>(rows);
    const at = margins + (row << 3);
    store<f64>(at, load<f64>(at) + load<f64>(values + ((<usize>load<u8>(codes + row)) << 3)));
  }
}

export function addConstant(rows: usize, count: i32, value: f64, margins: usize): void {
  const end = rows + ((<usize>count) << 2);
  for (; rows < end; rows += 4) {
    const at = margins + ((<usize>load<u32>(rows)) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}
