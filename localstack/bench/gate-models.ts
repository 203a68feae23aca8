// The models that the gate's bench decides between: many fits of the standard candidate that differ by chance alone, and crippled ones.
import type { BoostingParams } from '../../lambdas/core/candidates/candidate.ts';
import { type CandidateInput, DEFAULT_CANDIDATES } from '../../lambdas/core/candidates/candidate.ts';
import type { LabelledMatrix } from '../../lambdas/core/encounter/matrix.ts';

export interface BenchModel {
  /** What the fit is made of; models of one kind differ by chance alone. */
  readonly kind: string;
  readonly seed: number;
  readonly params: Partial<BoostingParams>;
  /** Share of the training patients that it may see. */
  readonly patients: number;
  /** Columns whose sources are all among these fields are blanked. */
  readonly without: readonly string[];
}

const STANDARD = { params: {}, patients: 1, without: [] } as const;
const DIAGNOSES = ['diag_1', 'diag_2', 'diag_3'] as const;

/** Truly worse by stated amounts, in no order: what each costs is measured. */
const CRIPPLED: Readonly<Record<string, Omit<BenchModel, 'kind' | 'seed'>>> = {
  '120 rounds': { ...STANDARD, params: { rounds: 120 } },
  '60 rounds': { ...STANDARD, params: { rounds: 60 } },
  '30 rounds': { ...STANDARD, params: { rounds: 30 } },
  'three quarters of the patients': { ...STANDARD, patients: 0.75 },
  'half of the patients': { ...STANDARD, patients: 0.5 },
  'a quarter of the patients': { ...STANDARD, patients: 0.25 },
  'a tenth of the patients': { ...STANDARD, patients: 0.1 },
  'without the diagnoses': { ...STANDARD, without: DIAGNOSES },
  'without the disposition': { ...STANDARD, without: ['discharge_disposition_id'] },
  'without the earlier visits': {
    ...STANDARD,
    without: ['number_inpatient', 'number_outpatient', 'number_emergency'],
  },
};

export const NULL_KIND = 'standard';
export const BENCH_KINDS = Object.keys(CRIPPLED);

/** Null models first, by seed, then the crippled ones, seeds of one kind in a row. */
export function benchModels(nulls: number, each: number): BenchModel[] {
  const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed + 1);
  return [
    ...seeds(nulls).map((seed) => ({ kind: NULL_KIND, seed, ...STANDARD })),
    ...Object.entries(CRIPPLED).flatMap(([kind, how]) => seeds(each).map((seed) => ({ kind, seed, ...how }))),
  ];
}

/** The standard candidate with this model's seed and settings. */
export function candidateOf({ seed, params }: BenchModel): CandidateInput {
  const [standard] = DEFAULT_CANDIDATES;
  if (standard.algorithm !== 'gradient_boosting') throw new TypeError('the standard candidate is no longer boosting');
  return { ...standard, seed, params: { ...standard.params, ...params } };
}

/**
 * The training rows as this model sees them: patients drawn by its seed, rows in its own order, columns blanked.
 * Blanked is missing (NaN) in every row, so that nothing can be split on it.
 */
export function rowsOf(model: BenchModel, all: LabelledMatrix): LabelledMatrix {
  const order = shuffled(model, all);
  const width = all.features.length;
  const values = new Float32Array(order.length * width);
  for (const [to, from] of order.entries()) {
    values.set(all.values.subarray(from * width, (from + 1) * width), to * width);
  }
  return {
    features: all.features,
    rows: order.length,
    values: blanked(model, { ...all, values }),
    labels: Uint8Array.from(order, (row) => all.labels[row]),
    groups: Float64Array.from(order, (row) => all.groups[row]),
  };
}

/** Values with the columns of the fields that the model goes without made missing. */
export function blanked({ without }: BenchModel, { features, values }: Pick<LabelledMatrix, 'features' | 'values'>) {
  const columns = features.flatMap(({ sources }, at) => (sources.some((s) => without.includes(s)) ? [at] : []));
  const kept = Float32Array.from(values);
  for (let start = 0; start < kept.length; start += features.length) {
    for (const column of columns) kept[start + column] = Number.NaN;
  }
  return kept;
}

function shuffled({ seed, patients }: BenchModel, { groups }: LabelledMatrix): number[] {
  const random = mulberry32(seed);
  const chosen = new Map<number, boolean>();
  for (const group of Float64Array.from(new Set(groups)).sort()) chosen.set(group, random() < patients);
  const rows = Array.from(groups.keys()).filter((row) => chosen.get(groups[row]));
  for (let last = rows.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [rows[last], rows[other]] = [rows[other], rows[last]];
  }
  return rows;
}

/** A small generator (Tommy Ettinger's mulberry32): draws here only have to be the same in every run. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
}
