// The dataset of a source, recorded before any of its rows is taken: a deployment holds rows of one dataset only.
import { batches, heldDataset } from '../../aws/tracking.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import { DEFAULT_DATASET, datasetNamed } from '../../core/dataset/named.ts';
import { SAMPLE } from '../../core/dataset/sample.ts';
import type { PipelineRequest } from '../../core/run/request.ts';
import { OtherDatasetError } from './errors.ts';

/** @throws OtherDatasetError when rows of another dataset are here already */
export async function registerDataset({ source, dataset: name }: PipelineRequest): Promise<Dataset> {
  const held =
    (await heldDataset.get()) ?? (await heldDataset.register((await earlierDataset()) ?? datasetNamed(name)));
  if (held.name !== name) throw new OtherDatasetError(source, name, held.name);
  return datasetNamed(name);
}

/** Of batches that a version took which did not record it; it named generated files so. */
async function earlierDataset(): Promise<Dataset | null> {
  const earlier = await batches.all();
  if (earlier.length === 0) return null;
  return earlier.some(({ source_key }) => source_key.startsWith('incoming/synthetic-')) ? SAMPLE : DEFAULT_DATASET;
}
