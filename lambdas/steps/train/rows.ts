// The rows that Train may see: the training and validation splits of the plan's batches. Its role is refused the test rows.
import { readObject } from '../../aws/objects.ts';
import { SeenGatherer } from '../../core/candidates/seen.ts';
import type { SeenValues } from '../../core/candidates/signature.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import type { LabelledMatrix } from '../../core/encounter/matrix.ts';
import { loadSplit } from '../../core/run/dataset.ts';
import type { BatchParts } from '../../core/run/parts.ts';

export interface TrainRows {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix;
  readonly seen: Readonly<Record<string, SeenValues>>;
}

export async function loadRows(batches: readonly BatchParts[], dataset: Dataset): Promise<TrainRows> {
  const seen = new SeenGatherer();
  const train = await loadSplit('train', batches, readObject, dataset, (encounter) => seen.add(encounter));
  const validation = await loadSplit('validation', batches, readObject, dataset);
  return { train, validation, seen: seen.result() };
}

/** Why these rows cannot be trained on, in a sentence, or null. A business outcome, not a failure: the data decides it. */
export function reasonNotToTrain(rows: Pick<TrainRows, 'train' | 'validation'>): string | null {
  for (const split of ['train', 'validation'] as const) {
    const { labels } = rows[split];
    const positives = labels.reduce((sum, label) => sum + label, 0);
    if (labels.length === 0) return `no usable ${split} rows: all are in quarantine or not eligible`;
    if (positives === 0) return `none of the ${labels.length} ${split} rows was readmitted within 30 days`;
    if (positives === labels.length) return `all ${labels.length} ${split} rows were readmitted within 30 days`;
  }
  return null;
}
