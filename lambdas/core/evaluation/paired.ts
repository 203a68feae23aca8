// Two models on the same rows: differences with intervals from the same resamples, so that what is shared cancels.

import { weightedAuroc } from './auroc.ts';
import { corrected } from './corrected.ts';
import { addResample, ECE, estimate, type Measured, measure, missing, tooSmall } from './measured.ts';
import { numberPatients, rankRows } from './ranking.ts';
import { eachResample } from './resamples.ts';
import type { Difference, PairedComparison, PairedSlices } from './schema.ts';
import { levelsOf, type Slice } from './slices.ts';
import { FIGURES, SCALARS } from './sweep.ts';

/** All arrays have one entry a row; `a` and `b` are probabilities, and differences are a - b. */
export interface PairedInput {
  readonly labels: Uint8Array;
  readonly groups: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly resamples: number;
  readonly seed: number;
}

/**
 * The overall comparison. With the seed of an evaluation of the same rows, the resamples are that evaluation's.
 * @throws {EvaluationInputError} as `evaluate`.
 */
export function comparePaired(input: PairedInput): PairedComparison {
  const { patients, ...ranked } = rankBoth(input);
  const a = measure(ranked.a, 0.5, patients.count, input.resamples);
  const b = measure(ranked.b, 0.5, patients.count, input.resamples);
  const figures = new Float64Array(FIGURES);
  eachResample(patients.count, input.resamples, input.seed, (multiplicity, at) => {
    addResample(a, multiplicity, at, figures);
    addResample(b, multiplicity, at, figures);
  });
  return {
    rows: ranked.a.rows,
    positives: ranked.a.positives,
    resamples: input.resamples,
    seed: input.seed,
    identical: input.a.every((value, row) => value === input.b[row]),
    metrics: {
      auroc: differenceOf(a, b, 'auroc'),
      auprc: differenceOf(a, b, 'auprc'),
      log_loss: differenceOf(a, b, 'log_loss'),
      brier: differenceOf(a, b, 'brier'),
      ece: calibrationDifference(a, b),
    },
  };
}

/** The AUROC difference in every level of every slice; levels too small to be measured have nulls. */
export function comparePairedSlices(
  input: PairedInput & { readonly slices: Readonly<Record<string, Slice>> },
): PairedSlices {
  const { patients, a, b } = rankBoth(input);
  const everyone = new Uint8Array(patients.count).fill(1);
  const slices = Object.entries(input.slices).map(([name, slice]) => {
    const levelsOfB = levelsOf(name, slice, b);
    const levels = levelsOf(name, slice, a).map(({ level, ranking }, i) => ({
      level,
      a: ranking,
      b: levelsOfB[i].ranking,
      refusal: tooSmall(ranking),
      drawn: new Float64Array(input.resamples),
    }));
    return { name, levels };
  });
  const measured = slices.flatMap(({ levels }) => levels.filter(({ refusal }) => refusal === null));
  eachResample(patients.count, input.resamples, input.seed, (multiplicity, at) => {
    for (const { a, b, drawn } of measured) drawn[at] = weightedAuroc(a, multiplicity) - weightedAuroc(b, multiplicity);
  });
  const aurocOf = ({ a, b, refusal, drawn }: (typeof measured)[number]) =>
    refusal === null
      ? difference(weightedAuroc(a, everyone), weightedAuroc(b, everyone), drawn)
      : { a: null, b: null, difference: missing(refusal) };
  return Object.fromEntries(
    slices.map(({ name, levels }) => [
      name,
      levels.map((level) => ({
        level: level.level,
        rows: level.a.rows,
        positives: level.a.positives,
        auroc: aurocOf(level),
      })),
    ]),
  );
}

function rankBoth({ labels, groups, a, b }: PairedInput) {
  const patients = numberPatients(groups);
  return { patients, a: rankRows(labels, a, patients), b: rankRows(labels, b, patients) };
}

function differenceOf(a: Measured, b: Measured, metric: (typeof SCALARS)[number]): Difference {
  const figure = SCALARS.indexOf(metric);
  const drawn = a.drawn[figure].map((value, at) => value - b.drawn[figure][at]);
  return difference(a.point[figure], b.point[figure], drawn);
}

/** The better calibrated of two models gains more by the noise in its bins, so the difference is corrected as a whole. */
function calibrationDifference(a: Measured, b: Measured): Difference {
  const drawn = a.drawn[ECE].map((value, at) => value - b.drawn[ECE][at]);
  return {
    a: corrected(a.point[ECE], a.drawn[ECE]).value,
    b: corrected(b.point[ECE], b.drawn[ECE]).value,
    difference: corrected(a.point[ECE] - b.point[ECE], drawn, Number.NEGATIVE_INFINITY),
  };
}

function difference(a: number, b: number, drawn: Float64Array): Difference {
  return {
    a: Number.isFinite(a) ? a : null,
    b: Number.isFinite(b) ? b : null,
    difference: estimate(a - b, drawn, 'all rows are of one class'),
  };
}
