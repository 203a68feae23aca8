// The test rows with their subgroups. Only Evaluate's role may read them.
import { readObject } from '../../aws/objects.ts';
import { BedsideGatherer } from '../../core/bedside/scores.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import type { Slice } from '../../core/evaluation/slices.ts';
import { SUBGROUPS, sliceOf } from '../../core/evaluation/subgroups.ts';
import { loadSplit, type OrderedMatrix } from '../../core/run/dataset.ts';
import type { BatchParts } from '../../core/run/parts.ts';

export interface TestRows {
  readonly matrix: OrderedMatrix;
  /** Points of the bedside scores, row by row. */
  readonly bedside: BedsideGatherer;
  readonly slices: Readonly<Record<string, Slice>>;
  /** Why nothing can be measured on these rows, in a sentence, or null. */
  readonly reasonNotToMeasure: string | null;
}

export async function loadTestRows(batches: readonly BatchParts[], dataset: Dataset): Promise<TestRows> {
  const levels = Object.entries(SUBGROUPS).map(([name, levelOf]) => ({ name, levelOf, found: emptyList() }));
  const bedside = new BedsideGatherer(dataset.coding);
  const matrix = await loadSplit('test', batches, readObject, dataset, (encounter) => {
    for (const { levelOf, found } of levels) found.push(levelOf(encounter));
    bedside.add(encounter);
  });
  return {
    matrix,
    bedside,
    slices: Object.fromEntries(levels.map(({ name, found }) => [name, sliceOf(found)])),
    reasonNotToMeasure: reasonNotToMeasure(matrix.labels),
  };
}

function reasonNotToMeasure(labels: Uint8Array): string | null {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (labels.length === 0) return 'no usable test rows: all are in quarantine or not eligible';
  if (positives === 0 || positives === labels.length) return `all ${labels.length} test rows are of one class`;
  return null;
}

function emptyList(): string[] {
  return [];
}
