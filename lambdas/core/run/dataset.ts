// The eligible rows of one split of a run's batches, as the matrix that trainers fit on and models score.
import type { Dataset } from '../dataset/dataset.ts';
import type { Encounter } from '../encounter/contract.ts';
import { featureSet } from '../encounter/features/index.ts';
import type { Feature, LabelledMatrix } from '../encounter/matrix.ts';
import type { Split } from '../encounter/split.ts';
import { decodeTable } from '../encounter/table.ts';
import { verifiedBytes } from '../provenance/artifact.ts';
import { keys } from './keys.ts';
import { type BatchParts, partOf } from './parts.ts';

/** encounter_id stands for time: an assumption about this data, which has no dates (docs/model-quality.md). */
export type OrderedMatrix = LabelledMatrix & Required<Pick<LabelledMatrix, 'order'>>;

/** Reads an object's bytes by its key. */
export type ReadObject = (key: string) => Promise<Uint8Array>;

/**
 * Eligible rows of the batches in the given order, row by row within each; the order decides the model's bytes.
 * @param visit called with each eligible encounter, for what is gathered beside the matrix
 * @throws DamagedArtifactError when a part is not the one that Clean wrote
 */
export async function loadSplit(
  split: Split,
  batches: readonly BatchParts[],
  read: ReadObject,
  dataset: Dataset,
  visit: (encounter: Encounter) => void = () => {},
): Promise<OrderedMatrix> {
  const parts: OrderedMatrix[] = [];
  for (const batch of batches) {
    const { batchId, sha256 } = partOf(batch, split);
    const key = keys.cleanPart(split, batchId);
    parts.push(await loadPart(verifiedBytes(key, await read(key), sha256), dataset, visit));
  }
  return concatenate(featureSet(dataset).features, parts);
}

async function loadPart(
  bytes: Uint8Array,
  dataset: Dataset,
  visit: (encounter: Encounter) => void,
): Promise<OrderedMatrix> {
  const { features, write } = featureSet(dataset);
  const table = await decodeTable(bytes, dataset);
  const rows = table.eligible.reduce((count, eligible) => count + eligible, 0);
  const part = emptyMatrix(features, rows);
  let row = 0;
  for (const [index, encounter] of table.encounters.entries()) {
    if (table.eligible[index] === 0) continue;
    write(encounter, part.values, row * features.length);
    part.labels[row] = table.labels[index];
    part.groups[row] = table.groups[index];
    part.order[row] = table.encounterIds[index];
    visit(encounter);
    row++;
  }
  return part;
}

function concatenate(features: readonly Feature[], parts: readonly OrderedMatrix[]): OrderedMatrix {
  const all = emptyMatrix(
    features,
    parts.reduce((rows, part) => rows + part.rows, 0),
  );
  let row = 0;
  for (const part of parts) {
    all.values.set(part.values, row * features.length);
    all.labels.set(part.labels, row);
    all.groups.set(part.groups, row);
    all.order.set(part.order, row);
    row += part.rows;
  }
  return all;
}

function emptyMatrix(features: readonly Feature[], rows: number): OrderedMatrix {
  return {
    features,
    rows,
    values: new Float32Array(rows * features.length),
    labels: new Uint8Array(rows),
    groups: new Float64Array(rows),
    order: new Float64Array(rows),
  };
}
