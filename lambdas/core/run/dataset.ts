// The eligible rows of one split of a run's batches, as the matrix that trainers fit on and models score.
import type { Encounter } from '../encounter/contract.ts';
import { FEATURES, writeFeatures } from '../encounter/features.ts';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import type { Split } from '../encounter/split.ts';
import { decodeTable } from '../encounter/table.ts';
import { verifiedBytes } from '../provenance/artifact.ts';
import { keys } from './keys.ts';
import { type BatchParts, partOf } from './parts.ts';

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
  visit: (encounter: Encounter) => void = () => {},
): Promise<LabelledMatrix> {
  const parts: LabelledMatrix[] = [];
  for (const batch of batches) {
    const { batchId, sha256 } = partOf(batch, split);
    const key = keys.cleanPart(split, batchId);
    parts.push(await loadPart(verifiedBytes(key, await read(key), sha256), visit));
  }
  return concatenate(parts);
}

async function loadPart(bytes: Uint8Array, visit: (encounter: Encounter) => void): Promise<LabelledMatrix> {
  const table = await decodeTable(bytes);
  const rows = table.eligible.reduce((count, eligible) => count + eligible, 0);
  const part = emptyMatrix(rows);
  let row = 0;
  for (const [index, encounter] of table.encounters.entries()) {
    if (table.eligible[index] === 0) continue;
    writeFeatures(encounter, part.values, row * FEATURES.length);
    part.labels[row] = table.labels[index];
    part.groups[row] = table.groups[index];
    visit(encounter);
    row++;
  }
  return part;
}

function concatenate(parts: readonly LabelledMatrix[]): LabelledMatrix {
  const all = emptyMatrix(parts.reduce((rows, part) => rows + part.rows, 0));
  let row = 0;
  for (const part of parts) {
    all.values.set(part.values, row * FEATURES.length);
    all.labels.set(part.labels, row);
    all.groups.set(part.groups, row);
    row += part.rows;
  }
  return all;
}

function emptyMatrix(rows: number): LabelledMatrix {
  return {
    features: FEATURES,
    rows,
    values: new Float32Array(rows * FEATURES.length),
    labels: new Uint8Array(rows),
    groups: new Float64Array(rows),
  };
}
