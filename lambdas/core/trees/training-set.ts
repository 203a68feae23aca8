// A training run's data in one shared block: bins, bundles, labels, margins, and each thread's own space.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { BARRIER_WORDS } from './barrier.ts';
import { binColumns, binTraining, type ColumnBins } from './binning.ts';
import { makeBundles } from './bundles.ts';
import { CODES } from './kernels.ts';
import { allocate, type Block, Layout, viewsOf } from './memory.ts';

/** Nodes whose histograms are built between two barriers. */
export const BUILDS = 16;
/** Bytes of one split record: see split-search.ts. */
export const RECORD_BYTES = 128;

/** Where a bundle's columns find their bins: `maps[i]` is the address of 256 bytes, code to bin of `columns[i]`. */
export interface BundleMap {
  readonly columns: readonly number[];
  readonly codes: number;
  readonly maps: readonly number[];
}

/** A thread's rows and private memory; all numbers are rows or byte addresses. */
export interface ThreadSpace {
  readonly trainFrom: number;
  readonly trainTo: number;
  readonly validationFrom: number;
  readonly validationTo: number;
  /** Row lists, two each: a split reads one and writes the other. */
  readonly sampled: readonly [number, number];
  readonly rest: readonly [number, number];
  /** Packed histogram of all bundles. */
  readonly hist: number;
  /** BUILDS unpacked histograms, G then H (thread 0 writes the slots themselves). */
  readonly wide: number;
  readonly table: number;
  readonly values: number;
  /** A column's expanded histogram: 256 G, then 256 H. */
  readonly column: number;
  /** Split records of 2 * BUILDS nodes. */
  readonly records: number;
  /** Sums that all threads read: G, H, validation loss, training loss. */
  readonly sums: number;
}

/** Plain data: survives structured cloning to a worker. */
export interface TrainingSet {
  readonly block: Block;
  readonly barrier: number;
  readonly columns: readonly ColumnBins[];
  readonly bundles: readonly BundleMap[];
  readonly trainRows: number;
  readonly validationRows: number;
  readonly baseMargin: number;
  /** Largest and summed row weight; 1 and the row count when unweighted. */
  readonly maxWeight: number;
  readonly trainWeight: number;
  /** Column-major bins: `codes + column * stride + row`. */
  readonly codes: number;
  readonly stride: number;
  /** A row's codes side by side, one a bundle: `records + row * recordBytes + bundle`. */
  readonly records: number;
  readonly recordBytes: number;
  readonly labels: number;
  /** 0 = every weight is 1. */
  readonly weights: number;
  readonly margins: number;
  readonly packed: number;
  /** Histograms of open nodes, `slotBytes` each: G of all bundles, then H. */
  readonly slots: number;
  readonly slotBytes: number;
  readonly threads: readonly ThreadSpace[];
}

export interface TrainingRows {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix;
  /** Weight (>= 0) of each training row; all 1 when absent. */
  readonly weights?: Float64Array;
}

/** `slots`: nodes that can be open at once. */
export function prepare(
  rows: TrainingRows,
  maxBins: number,
  slots: number,
  threads: number,
  wasm: boolean,
): TrainingSet {
  const { train, validation } = rows;
  const validationAt = Math.ceil(train.rows / 4) * 4;
  const stride = Math.ceil((validationAt + validation.rows + 8) / 64) * 64;
  const codes = new Uint8Array(stride * train.features.length);
  const columns = binTraining(train, maxBins, codes, stride);
  binColumns(validation, columns, codes, stride, validationAt);
  const ofColumn = (index: number) => codes.subarray(index * stride, index * stride + train.rows);
  const bundles = makeBundles(
    columns.map(({ bins }) => bins),
    ofColumn,
    train.rows,
  );

  const layout = new Layout();
  const recordBytes = Math.ceil(bundles.length / 4) * 4;
  const planeBytes = bundles.length * CODES * 8;
  const set = {
    barrier: layout.bytes(BARRIER_WORDS * 4),
    columns,
    bundles: bundles.map((bundle) => ({
      columns: bundle.columns,
      codes: bundle.codes,
      maps: bundle.columns.map(() => layout.bytes(CODES)),
    })),
    trainRows: train.rows,
    validationRows: validation.rows,
    ...weightFacts(rows),
    codes: layout.bytes(codes.length),
    stride,
    records: layout.bytes(train.rows * recordBytes),
    recordBytes,
    labels: layout.bytes(stride),
    weights: rows.weights === undefined ? 0 : layout.bytes(stride * 8),
    margins: layout.bytes(stride * 8),
    packed: layout.bytes(stride * 8),
    slots: layout.bytes(slots * planeBytes * 2),
    slotBytes: planeBytes * 2,
    threads: Array.from({ length: threads }, (_, index) =>
      threadSpace(layout, index, threads, train.rows, validation.rows, bundles.length),
    ),
  };
  const block = allocate(layout, wasm);
  const { u8, f64 } = viewsOf(block);
  u8.set(codes, set.codes);
  u8.set(train.labels, set.labels);
  u8.set(validation.labels, set.labels + validationAt);
  f64.fill(set.baseMargin, set.margins / 8, set.margins / 8 + stride);
  if (rows.weights !== undefined) {
    f64.fill(1, set.weights / 8, set.weights / 8 + stride);
    f64.set(rows.weights, set.weights / 8);
  }
  bundles.forEach((bundle, index) => {
    for (const [each, table] of bundle.binOf.entries()) u8.set(table, set.bundles[index].maps[each]);
    writeColumn(u8, set.records + index, recordBytes, bundle.rows);
  });
  return { ...set, block };
}

/** Strided copy of one bundle's codes into the row records. */
function writeColumn(u8: Uint8Array, start: number, stride: number, codes: Uint8Array): void {
  for (let row = 0, at = start; row < codes.length; row += 1, at += stride) u8[at] = codes[row];
}

function weightFacts({ train, weights }: TrainingRows): { baseMargin: number; maxWeight: number; trainWeight: number } {
  let total = 0;
  let positive = 0;
  let most = weights === undefined ? 1 : 0;
  for (let row = 0; row < train.rows; row += 1) {
    const weight = weights === undefined ? 1 : weights[row];
    total += weight;
    if (train.labels[row] === 1) positive += weight;
    if (weight > most) most = weight;
  }
  return { baseMargin: Math.fround(Math.log(positive / (total - positive))), maxWeight: most, trainWeight: total };
}

function threadSpace(
  layout: Layout,
  index: number,
  threads: number,
  trainRows: number,
  validationRows: number,
  bundles: number,
): ThreadSpace {
  const share = (rows: number, thread: number) => Math.min(rows, Math.ceil((rows * thread) / threads / 4) * 4);
  const validationAt = Math.ceil(trainRows / 4) * 4;
  const trainFrom = share(trainRows, index);
  const trainTo = share(trainRows, index + 1);
  const validationFrom = validationAt + share(validationRows, index);
  const validationTo = validationAt + share(validationRows, index + 1);
  const list = (trainTo - trainFrom + validationTo - validationFrom + 16) * 4;
  return {
    trainFrom,
    trainTo,
    validationFrom,
    validationTo,
    sampled: [layout.bytes(list), layout.bytes(list)],
    rest: [layout.bytes(list), layout.bytes(list)],
    hist: layout.bytes((bundles + 1) * CODES * 8),
    wide: index === 0 ? 0 : layout.bytes(BUILDS * bundles * CODES * 16),
    table: layout.bytes(CODES),
    values: layout.bytes(CODES * 8),
    column: layout.bytes(CODES * 16),
    records: layout.bytes(2 * BUILDS * RECORD_BYTES),
    sums: layout.bytes(4 * 8),
  };
}
