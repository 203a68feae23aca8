// A random forest of probability trees, grown on as many threads as there are.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { binTraining } from './binning.ts';
import { type BinnedRows, type ForestSettings, growForestTree } from './forest-tree.ts';
import { Team, workerUrl } from './team.ts';
import type { Tree } from './tree.ts';

/**
 * The same trees for any number of threads.
 * @throws BadMatrix, WorkerDied.
 */
export async function fitForest(train: LabelledMatrix, settings: ForestSettings, threads: number): Promise<Tree[]> {
  if (threads === 1) {
    const binned = shareBins(train, settings.maxBins);
    return Array.from({ length: settings.trees }, (_, index) => growForestTree(binned, settings, index));
  }
  const team = new Team(threads, workerUrl());
  try {
    const binned = shareBins(train, settings.maxBins);
    const grown = new Map<number, readonly Tree[]>();
    await team.run(
      Array.from({ length: threads }, (_, thread) => ({ kind: 'forest', binned, settings, thread, threads })),
      (report) => {
        if (report.kind === 'grown') grown.set(report.thread, report.trees);
        return grown.size === threads ? true : undefined;
      },
    );
    return Array.from(
      { length: settings.trees },
      (_, index) => grown.get(index % threads)?.[Math.floor(index / threads)] ?? [],
    ).flat();
  } finally {
    await team.end();
  }
}

/** Bins and labels in shared memory, so that threads read one copy. */
function shareBins(train: LabelledMatrix, maxBins: number): BinnedRows {
  const codes = new Uint8Array(new SharedArrayBuffer(train.rows * train.features.length));
  const columns = binTraining(train, maxBins, codes, train.rows);
  const labels = new Uint8Array(new SharedArrayBuffer(train.rows));
  labels.set(train.labels);
  return { columns, rows: train.rows, codes, labels };
}
