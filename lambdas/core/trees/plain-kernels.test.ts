import { describe, expect, it } from 'vitest';
import { compileKernels } from './compile-kernels.ts';
import { counterHash } from './counter-hash.ts';
import { CODES, type Kernels } from './kernels.ts';
import { kernelsOn, wasmRuns } from './load-kernels.ts';
import { allocate, type Block, Layout, type Views, viewsOf } from './memory.ts';
import { expNegative, expNegativeFloat, log1pUnit } from './plain-kernels.ts';

const ROWS = 1237;
const BUNDLES = 31;
const RECORD = 32;

type Work = (kernels: Kernels, at: ReturnType<typeof addresses>, views: Views) => ArrayLike<number>[];

/** The same numbers in two blocks of memory, one for each implementation; what `work` gives back must agree to the bit. */
function bothGive(work: Work): void {
  const [wasm, plain] = [true, false].map((simd) => {
    const layout = new Layout();
    const at = addresses(layout);
    const block = allocate(layout, simd);
    fill(block, at);
    return work(kernelsOn(block), at, viewsOf(block)).map((numbers) => Array.from(numbers));
  });
  expect(wasm).toEqual(plain);
  expect(plain.flat().length).toBeGreaterThan(0);
}

function addresses(layout: Layout) {
  const doubles = (count: number) => layout.bytes(count * 8);
  return {
    margins: doubles(ROWS + 8),
    weights: doubles(ROWS + 8),
    packed: doubles(ROWS + 8),
    labels: layout.bytes(ROWS + 8),
    codes: layout.bytes(ROWS + 8),
    records: layout.bytes((ROWS + 8) * RECORD),
    table: layout.bytes(256),
    values: doubles(256),
    rows: layout.bytes((ROWS + 8) * 4),
    out: layout.bytes((ROWS + 8) * 4),
    rest: layout.bytes((ROWS + 8) * 4),
    sums: doubles(2),
    hist: doubles((BUNDLES + 1) * CODES),
    g: doubles((BUNDLES + 1) * CODES),
    h: doubles((BUNDLES + 1) * CODES),
  };
}

function fill(block: Block, at: ReturnType<typeof addresses>): void {
  const { u8, u32, f64 } = viewsOf(block);
  const draw = (stream: number, index: number) => counterHash(5, stream, index) / 2 ** 32;
  for (let row = 0; row < ROWS + 8; row += 1) {
    f64[at.margins / 8 + row] = row % 97 === 0 ? (draw(1, row) - 0.5) * 400 : (draw(1, row) - 0.7) * 8;
    f64[at.weights / 8 + row] = draw(2, row);
    f64[at.packed / 8 + row] = Math.round((draw(3, row) - 0.5) * 8192) * 2 ** 26 + 1 + Math.floor(draw(4, row) * 4095);
    u8[at.labels + row] = draw(5, row) < 0.2 ? 1 : 0;
    u8[at.codes + row] = draw(6, row) * 256;
    for (let bundle = 0; bundle < BUNDLES; bundle += 1)
      u8[at.records + row * RECORD + bundle] = draw(50 + bundle, row) * 256;
  }
  for (let each = 0; each < 900; each += 1) u32[at.rows / 4 + each] = Math.floor(each * 1.3);
  for (let code = 0; code < 256; code += 1) {
    u8[at.table + code] = counterHash(9, 9, code) & 1;
    f64[at.values / 8 + code] = Math.fround(draw(40, code) - 0.5);
  }
}

describe('the WebAssembly kernels and their TypeScript twins give the same bits', () => {
  it('runs here at all', () => expect(wasmRuns()).toBe(true));

  for (const weighted of [false, true]) {
    it(`gradients and samples${weighted ? ' of weighted rows' : ''}, whatever the range's length`, () => {
      for (const [from, to] of [
        [0, ROWS],
        [8, 17],
        [100, 103],
        [4, 5],
      ]) {
        bothGive((kernels, at, { u32, f64 }) => {
          const weights = weighted ? at.weights : 0;
          const limit = 0xcccccccc;
          const n = kernels.gradients(
            at.margins,
            at.labels,
            weights,
            at.packed,
            from,
            to,
            12345,
            limit,
            4096,
            16384,
            at.out,
            at.rest,
            at.sums,
          );
          return [
            f64.subarray(at.packed / 8 + from, at.packed / 8 + to),
            u32.subarray(at.out / 4, at.out / 4 + n),
            u32.subarray(at.rest / 4, at.rest / 4 + to - from - n),
            f64.subarray(at.sums / 8, at.sums / 8 + 2),
          ];
        });
      }
    });

    it(`log loss${weighted ? ' of weighted rows' : ''}`, () => {
      for (const to of [ROWS, 16, 1]) {
        bothGive((kernels, at) => [
          [kernels.logLoss(at.margins, at.labels, weighted ? at.weights : 0, 0, to, 2 ** 24)],
        ]);
      }
    });
  }

  it('histograms of few and many bundles, flushed twice', () => {
    for (const columns of [1, 2, 15, 18, 24, 25, BUNDLES]) {
      bothGive((kernels, at, { f64 }) => {
        const cells = columns * CODES;
        const build = (count: number) =>
          kernels.histogram(at.rows, count, at.packed, at.records, RECORD, columns, at.hist);
        build(900);
        kernels.flush(at.hist, at.g, at.h, cells, 0);
        build(513);
        kernels.flush(at.hist, at.g, at.h, cells, 1);
        return [at.g, at.h, at.hist].map((address) => f64.subarray(address / 8, address / 8 + cells));
      });
    }
  });

  it('histogram arithmetic and expansion', () => {
    bothGive((kernels, at, { f64 }) => {
      kernels.addInto(at.values, at.margins, 256);
      kernels.subtractFrom(at.margins, at.weights, 256);
      kernels.expand(at.codes, 255, at.margins, at.weights, at.g, at.h);
      return [at.values, at.margins, at.g, at.h].map((address) => f64.subarray(address / 8, address / 8 + 256));
    });
  });

  it('partition and leaf updates', () => {
    bothGive((kernels, at, { u32 }) => {
      const left = kernels.partition(at.rows, 900, at.codes, at.table, at.out);
      return [[left], u32.subarray(at.out / 4, at.out / 4 + 900)];
    });
    bothGive((kernels, at, { f64 }) => {
      kernels.addByBin(at.rows, 900, at.codes, at.values, at.margins);
      kernels.addConstant(at.rows, 333, 0.125, at.margins);
      return [f64.subarray(at.margins / 8, at.margins / 8 + ROWS)];
    });
  });
});

describe('the approximations are as close as they claim', () => {
  it('exp and log1p within 1e-8 of the standard library', () => {
    for (let m = -40; m <= 40; m += 0.0137) {
      const e = Math.exp(-Math.abs(m));
      expect(Math.abs(expNegative(m) - e) / e).toBeLessThan(1e-8);
      expect(Math.abs(expNegativeFloat(m) - e) / e).toBeLessThan(1e-5);
      expect(Math.abs(log1pUnit(e) - Math.log1p(e)) / Math.log1p(e)).toBeLessThan(1e-8);
    }
  });
});

it('the committed binary is what the source compiles to', async () => {
  const { readFile } = await import('node:fs/promises');
  expect(await compileKernels()).toBe(await readFile(new URL('./kernels-binary.ts', import.meta.url), 'utf8'));
});
