// The run's report: the figures that the closing table of an execution shows.
import { claimEntries } from '../../aws/claims.ts';
import { batches } from '../../aws/tracking.ts';
import { simplerWays } from '../../core/bedside/simpler-ways.ts';
import type { Evaluation, Metrics } from '../../core/evaluation/schema.ts';
import { claimEntrySchema, foldClaims } from '../../core/run/claims.ts';
import type { Plan } from '../../core/run/plan.ts';
import { laterFigures } from '../../core/serving/later-figures.ts';
import type { Evaluated } from './evaluated.ts';
import type { MeasuredModel } from './measure.ts';

/** Counts over all batches of the run. `splits` counts eligible rows. */
export interface DatasetFacts {
  readonly rows: number;
  readonly batches: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly eligible: number;
  /** Batches that were taken back, and are not among the rows. */
  readonly withdrawn: readonly { readonly batch_id: number; readonly rows: number; readonly reason: string }[];
  readonly dataset: string;
  /** Whether the rows were generated. */
  readonly synthetic: boolean;
  /** How each file was read, in words. */
  readonly files: readonly { readonly source: string; readonly read_as: string }[];
  readonly splits: { readonly train: number; readonly validation: number; readonly test: number };
}

export async function datasetFacts(plan: Plan): Promise<DatasetFacts> {
  const ids = new Set(plan.batches.map((batch) => batch.batch_id));
  const cleaned = (await batches.cleaned()).filter((batch) => ids.has(batch.batch_id));
  const { withdrawn } = foldClaims(await claimEntries(claimEntrySchema));
  const quarantined: Record<string, number> = {};
  for (const batch of cleaned) {
    for (const [reason, rows] of Object.entries(batch.quarantined))
      quarantined[reason] = (quarantined[reason] ?? 0) + rows;
  }
  const sum = (of: (batch: (typeof cleaned)[number]) => number) => cleaned.reduce((total, b) => total + of(b), 0);
  return {
    rows: sum((batch) => batch.rows),
    batches: ids.size,
    quarantined,
    eligible: sum((batch) => batch.eligible),
    withdrawn: withdrawn
      .filter(({ batch }) => !ids.has(batch.batch_id))
      .map(({ batch: { batch_id, rows }, withdrawal: { reason } }) => ({ batch_id, rows, reason })),
    dataset: plan.dataset.name,
    synthetic: plan.dataset.synthetic,
    files: filesOf(cleaned),
    splits: {
      train: sum((batch) => batch.splits.train),
      validation: sum((batch) => batch.splits.validation),
      test: sum((batch) => batch.splits.test),
    },
  };
}

function filesOf(cleaned: readonly { source?: string | undefined; read_as?: string | undefined }[]) {
  const files = new Map(cleaned.map(({ source = '', read_as = '' }) => [`${source} ${read_as}`, { source, read_as }]));
  return [...files.values()].filter(({ source }) => source !== '');
}

export function reportOf({ plan, failed, measured, challenger, comparison, version }: Evaluated, facts: DatasetFacts) {
  return {
    run_id: plan.run_id,
    dataset_sha256: plan.dataset_sha256,
    ...facts,
    failed_candidates: failed,
    candidates: measured.map((model) => describe(model, model === challenger)),
    challenger: {
      name: challenger.name,
      version,
      model_sha256: challenger.sha256,
      test: pointsOf(challenger.evaluation),
    },
    later: laterFigures(challenger.evaluation.temporal),
    simpler_ways: simplerWays(comparison.baselines),
    gate: comparison.gate,
    set_aside_example: comparison.setAsideExample,
    against: comparison.champion === null ? null : { version: comparison.champion.version },
  };
}

function describe(model: MeasuredModel, chosen: boolean) {
  return {
    index: model.index,
    name: model.name,
    algorithm: model.signature.algorithm,
    model_sha256: model.sha256,
    chosen,
    validation_log_loss: model.validationLogLoss,
    onnx_parity: model.parity,
    test: pointsOf(model.evaluation),
  };
}

/** Each metric's value, and its 95 % interval under `<metric>_interval`. */
export function pointsOf({ metrics }: Evaluation): Record<string, number | null | [number | null, number | null]> {
  const entries = Object.entries(metrics satisfies Metrics).flatMap(([name, { value, low, high }]) => [
    [name, value] as const,
    [`${name}_interval`, [low, high] as [number | null, number | null]] as const,
  ]);
  return Object.fromEntries(entries);
}
