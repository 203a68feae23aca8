// What a model is worth on labelled rows: every metric with its interval, overall and by subgroup.

import { rankingCurves } from './curves.ts';
import { addResample, ECE, estimateAt, type Measured, measure, metricsOf, missing, tooSmall } from './measured.ts';
import { numberPatients, type Ranking, rankRows } from './ranking.ts';
import { reliabilityTable } from './reliability.ts';
import { eachResample } from './resamples.ts';
import type { Evaluation, Metrics, SliceLevel } from './schema.ts';
import { levelsOf, type Slice } from './slices.ts';
import { FIGURES, NET_BENEFIT_AT, NET_BENEFIT_THRESHOLDS, OBSERVED_AT, TOP_AT, TOP_SHARES } from './sweep.ts';

export { comparePaired, comparePairedSlices } from './paired.ts';
export { EvaluationInputError } from './ranking.ts';
export * from './schema.ts';
export type { Slice } from './slices.ts';
export { chooseThreshold } from './threshold.ts';

/** All arrays have one entry a row. */
export interface EvaluationInput {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  /** Patient of each row: the unit of resampling. */
  readonly groups: Float64Array;
  readonly slices: Readonly<Record<string, Slice>>;
  /** Rows at or above it count as predicted positive. */
  readonly threshold: number;
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Deterministic for a seed, and independent of the order of rows up to the order in which sums are rounded. Intervals are
 * the central 95 % of `resamples` patient-cluster bootstrap resamples; a slice is measured on the same resamples as the
 * whole. A level with fewer than 50 rows or 10 rows of a class has counts and null metrics.
 * @throws {EvaluationInputError} no rows, lengths that differ, a label that is not 0 or 1, a probability outside 0..1.
 */
export function evaluate(input: EvaluationInput): Evaluation {
  const patients = numberPatients(input.groups);
  const ranking = rankRows(input.labels, input.probabilities, patients);
  const prepare = (rows: Ranking) => measure(rows, input.threshold, patients.count, input.resamples);
  const whole = prepare(ranking);
  const slices = Object.entries(input.slices).map(([name, slice]) => ({
    name,
    levels: levelsOf(name, slice, ranking).map((level) => {
      const refusal = tooSmall(level.ranking);
      return { ...level, refusal, measured: refusal === null ? prepare(level.ranking) : null };
    }),
  }));

  const all = [whole, ...slices.flatMap(({ levels }) => levels.flatMap(({ measured }) => measured ?? []))];
  const figures = new Float64Array(FIGURES);
  eachResample(patients.count, input.resamples, input.seed, (multiplicity, resample) => {
    for (const measured of all) addResample(measured, multiplicity, resample, figures);
  });

  return {
    rows: ranking.rows,
    positives: ranking.positives,
    patients: patients.count,
    prevalence: ranking.positives / ranking.rows,
    mean_predicted: mean(ranking.probability),
    ece_plug_in: whole.point[ECE],
    threshold: input.threshold,
    bootstrap: { unit: 'patient', resamples: input.resamples, seed: input.seed, confidence: 0.95 },
    metrics: metricsOf(whole),
    ...plotted(whole),
    slices: Object.fromEntries(
      slices.map(({ name, levels }) => [
        name,
        levels.map((level) => sliceLevel(level.level, level.ranking, level.measured, level.refusal ?? '')),
      ]),
    ),
  };
}

function plotted(whole: Measured): Pick<Evaluation, 'top' | 'net_benefit' | 'reliability' | 'curves'> {
  const { ranking } = whole;
  const prevalence = ranking.positives / ranking.rows;
  const reliability = reliabilityTable(ranking);
  return {
    top: TOP_SHARES.map((share, i) => ({
      share,
      precision: estimateAt(whole, TOP_AT + 3 * i, ''),
      recall: estimateAt(whole, TOP_AT + 3 * i + 1, 'no row is positive'),
      lift: estimateAt(whole, TOP_AT + 3 * i + 2, 'no row is positive'),
    })),
    net_benefit: NET_BENEFIT_THRESHOLDS.map((threshold, i) => ({
      threshold,
      model: estimateAt(whole, NET_BENEFIT_AT + i, ''),
      treat_all: prevalence - ((1 - prevalence) * threshold) / (1 - threshold),
    })),
    reliability: reliability.map(({ bin, observed: _, ...row }) => ({
      ...row,
      observed: estimateAt(whole, OBSERVED_AT + bin, ''),
    })),
    curves: {
      ...rankingCurves(ranking),
      calibration: reliability.map((bin) => [bin.mean_predicted, bin.observed]),
    },
  };
}

function sliceLevel(level: string, ranking: Ranking, measured: Measured | null, refusal: string): SliceLevel {
  return {
    level,
    rows: ranking.rows,
    positives: ranking.positives,
    mean_predicted: mean(ranking.probability),
    metrics: measured === null ? allMissing(refusal) : metricsOf(measured),
  };
}

function allMissing(reason: string): Metrics {
  const nothing = missing(reason);
  return {
    auroc: nothing,
    auprc: nothing,
    log_loss: nothing,
    brier: nothing,
    ece: nothing,
    accuracy: nothing,
    precision: nothing,
    recall: nothing,
    f1: nothing,
    flagged_share: nothing,
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
