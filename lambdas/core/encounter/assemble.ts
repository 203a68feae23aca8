// Encounters to the matrix that trainers and scorers take.
import type { Encounter } from './contract.ts';
import { FEATURES, writeFeatures } from './features.ts';
import type { FeatureMatrix, LabelledMatrix } from './matrix.ts';
import type { EncounterTable } from './table.ts';

export function toMatrix(encounters: readonly Encounter[]): FeatureMatrix {
  const width = FEATURES.length;
  const values = new Float32Array(encounters.length * width);
  encounters.forEach((encounter, row) => {
    writeFeatures(encounter, values, row * width);
  });
  return { features: FEATURES, rows: encounters.length, values };
}

/** The eligible rows of the tables, in their order. */
export function toLabelledMatrix(tables: readonly EncounterTable[]): LabelledMatrix {
  const width = FEATURES.length;
  const rows = tables.reduce((sum, table) => sum + table.eligible.reduce((count, flag) => count + flag, 0), 0);
  const values = new Float32Array(rows * width);
  const labels = new Uint8Array(rows);
  const groups = new Float64Array(rows);
  let at = 0;
  for (const table of tables) {
    table.encounters.forEach((encounter, i) => {
      if (table.eligible[i] === 0) return;
      writeFeatures(encounter, values, at * width);
      labels[at] = table.labels[i];
      groups[at] = table.groups[i];
      at++;
    });
  }
  return { features: FEATURES, rows, values, labels, groups };
}
