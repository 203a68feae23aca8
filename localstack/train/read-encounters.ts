// Reads an encounter file into the matrices of its splits, by the chain's own row parser, features and split.
import { createReadStream } from 'node:fs';
import { isEligible } from '../../lambdas/core/dataset/dataset.ts';
import { DEFAULT_DATASET } from '../../lambdas/core/dataset/named.ts';
import type { Encounter } from '../../lambdas/core/encounter/contract.ts';
import { featureSet } from '../../lambdas/core/encounter/features/index.ts';
import { describeFile, linesOfFile } from '../../lambdas/core/encounter/reading/file.ts';
import { describeReading } from '../../lambdas/core/encounter/reading/reading.ts';
import { type CleanRow, rowParser } from '../../lambdas/core/encounter/rows.ts';
import { type Split, splitOf } from '../../lambdas/core/encounter/split.ts';
import type { OrderedMatrix } from '../../lambdas/core/run/dataset.ts';

export interface EncounterMatrices {
  readonly train: OrderedMatrix;
  readonly validation: OrderedMatrix;
  readonly test: OrderedMatrix;
  /** Rows that the parser refused, second rows of an encounter, and rows that ended in death or hospice. */
  readonly quarantined: number;
  readonly duplicates: number;
  readonly ineligible: number;
  /** How the file is written, in words. */
  readonly readAs: string;
}

/**
 * @param visit called with each eligible encounter, row by row of its split
 * @throws EmptyFileError, UnreadableFileError, HeaderMismatchError
 */
export async function readEncounters(
  file: string,
  salt: string,
  visit: (encounter: Encounter, split: Split) => void = () => {},
): Promise<EncounterMatrices> {
  const rows: Record<Split, CleanRow[]> = { train: [], validation: [], test: [] };
  const open = (start: number) => createReadStream(file, { highWaterMark: 1 << 20, start });
  const described = await describeFile(open, DEFAULT_DATASET);
  if (described === null) throw new EmptyFileError(file);
  const { reading, rows: first } = described;
  const parseRow = rowParser(DEFAULT_DATASET, reading);
  const seen = new Set<number>();
  let quarantined = 0;
  let duplicates = 0;
  let ineligible = 0;
  for await (const line of linesOfFile(open, reading, first)) {
    const parsed = parseRow(line.bytes, line.length);
    if (!parsed.ok) {
      quarantined += 1;
      continue;
    }
    // As in the chain, the first good row of an encounter is its row.
    const { encounter_id: id } = parsed.row;
    if (seen.has(id)) duplicates += 1;
    else if (!isEligible(parsed.row.encounter, DEFAULT_DATASET)) ineligible += 1;
    else {
      const split = splitOf(parsed.row.patient_nbr, salt);
      rows[split].push(parsed.row);
      visit(parsed.row.encounter, split);
    }
    seen.add(id);
  }
  return {
    train: toMatrix(rows.train),
    validation: toMatrix(rows.validation),
    test: toMatrix(rows.test),
    quarantined,
    duplicates,
    ineligible,
    readAs: describeReading(reading, DEFAULT_DATASET),
  };
}

export class EmptyFileError extends Error {
  override readonly name = 'EmptyFileError';
  constructor(file: string) {
    super(`${file} is empty: expected a header line and at least one row`);
  }
}

function toMatrix(rows: readonly CleanRow[]): OrderedMatrix {
  const { features, write } = featureSet(DEFAULT_DATASET);
  const values = new Float32Array(rows.length * features.length);
  for (const [index, row] of rows.entries()) write(row.encounter, values, index * features.length);
  return {
    features,
    rows: rows.length,
    values,
    labels: Uint8Array.from(rows, (row) => (row.readmitted === DEFAULT_DATASET.outcome.positive ? 1 : 0)),
    groups: Float64Array.from(rows, (row) => row.patient_nbr),
    order: Float64Array.from(rows, (row) => row.encounter_id),
  };
}
