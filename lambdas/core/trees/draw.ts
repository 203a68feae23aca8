// The columns of one tree: which bundles they need, and which thread reduces and scans which.
import { drawColumns } from './counter-hash.ts';
import type { TrainingSet } from './training-set.ts';

export interface Draw {
  /** By thread: the bundles it reduces: those with a drawn column. `cells` is even. */
  readonly slices: readonly (readonly { readonly bundle: number; readonly cells: number }[])[];
  /** By thread: its drawn columns, ascending. `map` 0: the bundle's code is the column's bin. */
  readonly scans: readonly (readonly Scan[])[];
}

interface Scan {
  readonly column: number;
  readonly bundle: number;
  readonly map: number;
  readonly codes: number;
}

export function drawFor(set: TrainingSet, seed: number, round: number, colsample: number): Draw {
  const width = set.columns.length;
  const drawn = new Set(drawColumns(seed, 2 ** 30 + round, width, Math.round(colsample * width)));
  const threads = set.threads.map(() => ({
    load: 0,
    slices: [] as { bundle: number; cells: number }[],
    scans: [] as Scan[],
  }));
  const work = set.bundles.map(({ codes, columns, maps }, bundle) => {
    const scans = columns.flatMap((column, each): Scan[] =>
      drawn.has(column) ? [{ column, bundle, map: columns.length === 1 ? 0 : maps[each], codes }] : [],
    );
    const cost =
      codes + scans.reduce((sum, { map, column }) => sum + (map === 0 ? 0 : codes) + 3 * set.columns[column].bins, 0);
    return { bundle, cells: codes + (codes & 1), scans, cost };
  });
  const drawnWork = work.filter(({ scans }) => scans.length > 0);
  for (const { bundle, cells, scans, cost } of drawnWork.sort((a, b) => b.cost - a.cost || a.bundle - b.bundle)) {
    const least = threads.reduce((lightest, thread) => (thread.load < lightest.load ? thread : lightest));
    least.load += cost;
    least.slices.push({ bundle, cells });
    least.scans.push(...scans);
  }
  return {
    slices: threads.map(({ slices }) => slices),
    scans: threads.map(({ scans }) => scans.sort((a, b) => a.column - b.column)),
  };
}
