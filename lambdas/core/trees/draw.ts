// The columns of one tree: which bundles they need, and which thread reduces and scans which.
import { drawColumns } from './counter-hash.ts';
import { GROUP } from './kernels.ts';
import type { TrainingSet } from './training-set.ts';

export interface Draw {
  /** Bundles with a drawn column; their place here is their place in histograms. */
  readonly bundles: readonly number[];
  /** By thread: the histogram stretches it reduces. `cells` is even. */
  readonly slices: readonly (readonly { readonly position: number; readonly cells: number }[])[];
  /** By thread: its drawn columns, ascending. `map` 0: the bundle's code is the column's bin. */
  readonly scans: readonly (readonly Scan[])[];
}

interface Scan {
  readonly column: number;
  readonly position: number;
  readonly map: number;
  readonly codes: number;
}

export function drawFor(set: TrainingSet, seed: number, round: number, colsample: number): Draw {
  const width = set.columns.length;
  const drawn = new Set(drawColumns(seed, 2 ** 30 + round, width, Math.round(colsample * width)));
  const bundles = Array.from(set.bundles.keys()).filter((index) =>
    set.bundles[index].columns.some((column) => drawn.has(column)),
  );
  const threads = set.threads.map(() => ({
    load: 0,
    slices: [] as { position: number; cells: number }[],
    scans: [] as Scan[],
  }));
  const work = bundles.map((index, position) => {
    const { codes, columns, maps } = set.bundles[index];
    const scans = columns.flatMap((column, each): Scan[] =>
      drawn.has(column) ? [{ column, position, map: columns.length === 1 ? 0 : maps[each], codes }] : [],
    );
    const cost =
      codes + scans.reduce((sum, { map, column }) => sum + (map === 0 ? 0 : codes) + 3 * set.columns[column].bins, 0);
    return { position, cells: codes + (codes & 1), scans, cost };
  });
  for (const { position, cells, scans, cost } of work.sort((a, b) => b.cost - a.cost || a.position - b.position)) {
    const least = threads.reduce((lightest, thread) => (thread.load < lightest.load ? thread : lightest));
    least.load += cost;
    least.slices.push({ position, cells });
    least.scans.push(...scans);
  }
  return {
    bundles,
    slices: threads.map(({ slices }) => slices),
    scans: threads.map(({ scans }) => scans.sort((a, b) => a.column - b.column)),
  };
}

/** Writes the swizzle masks that pick the drawn bundles' bytes out of a row record, GROUP at a time; 255 picks nothing. */
export function writeMasks(set: TrainingSet, draw: Draw, u8: Uint8Array, masks: number): void {
  const groups = Math.ceil(draw.bundles.length / GROUP);
  u8.fill(255, masks, masks + groups * set.vectors * 16);
  draw.bundles.forEach((bundle, position) => {
    const group = masks + Math.floor(position / GROUP) * set.vectors * 16;
    u8[group + (bundle >> 4) * 16 + (position % GROUP)] = bundle & 15;
  });
}
