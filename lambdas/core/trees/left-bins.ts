// Which bins of the split column go left, a byte a bin: what rows are partitioned by.
import type { Split } from './split.ts';

export function writeLeftBins(split: Split, bins: number, out: Uint8Array, at: number): void {
  out.fill(0, at, at + 256);
  if (split.set === null) out.fill(1, at + 1, at + Math.min(bins, split.bin + 1));
  else for (const bin of split.set) out[at + bin] = 1;
  out[at] = split.missingLeft ? 1 : 0;
}
