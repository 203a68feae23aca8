// One shared block of memory for a training run: a WebAssembly memory where SIMD kernels run, else a SharedArrayBuffer.

/** What a thread is given; both kinds survive structured cloning. */
export type Block = WebAssembly.Memory | SharedArrayBuffer;

/** The block seen as each kind of number; index = byte address / element size. */
export interface Views {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
}

export function viewsOf(block: Block): Views {
  const buffer = block instanceof SharedArrayBuffer ? block : block.buffer;
  return {
    u8: new Uint8Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f64: new Float64Array(buffer),
  };
}

/** Hands out addresses in a block that is allocated afterwards, each aligned to 64 bytes (a cache line, so threads do not share one). */
export class Layout {
  /** Address 0 stays unused: it means "none". */
  size = 64;

  bytes(count: number): number {
    const at = this.size;
    this.size = Math.ceil((at + count) / 64) * 64;
    if (this.size > MOST)
      throw new TooLarge(`The training data needs ${this.size} bytes of memory; at most ${MOST} are possible.`);
    return at;
  }
}

/** The binned training data does not fit the 4 GB of one WebAssembly memory: train on fewer rows. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

const PAGE = 65_536;
const MOST = 65_535 * PAGE;

export function allocate(layout: Layout, wasm: boolean): Block {
  const pages = Math.ceil((layout.size + PAGE) / PAGE);
  return wasm
    ? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    : new SharedArrayBuffer(pages * PAGE);
}
