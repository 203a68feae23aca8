// The training and validation rows as Evaluate needs them: to fit again in time, and to give bedside scores their probabilities.
import { availableParallelism } from 'node:os';
import { readObject } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { scoreProbabilities } from '../../core/bedside/probabilities.ts';
import { BEDSIDE_SCORES, BedsideGatherer } from '../../core/bedside/scores.ts';
import type { Candidate } from '../../core/candidates/candidate.ts';
import type { Dataset } from '../../core/dataset/dataset.ts';
import { loadSplit, type OrderedMatrix } from '../../core/run/dataset.ts';
import type { BatchParts } from '../../core/run/parts.ts';
import { measureInTime } from '../../core/temporal/measure.ts';
import { scoreInTime } from '../../core/temporal/rolling-origin.ts';
import type { TemporalEvaluation } from '../../core/temporal/schema.ts';

export interface History {
  readonly train: OrderedMatrix;
  readonly validation: OrderedMatrix;
  readonly bedside: BedsideGatherer;
}

export async function loadHistory(batches: readonly BatchParts[], dataset: Dataset): Promise<History> {
  const bedside = new BedsideGatherer(dataset.coding);
  const train = await loadSplit('train', batches, readObject, dataset, (encounter) => bedside.add(encounter));
  return { train, validation: await loadSplit('validation', batches, readObject, dataset), bedside };
}

/** Half of what test rows get: here are ten sets of up to 60,000 rows, and the ends of an interval need no more. */
const RESAMPLES = 500;

/** Evaluate does this, not Train: the windows hold test patients' rows, which Train may not read. */
export async function evaluateInTime(
  candidate: Candidate,
  { train, validation }: History,
  test: OrderedMatrix,
  seed: number,
): Promise<TemporalEvaluation> {
  const threads = settings().trainingThreads ?? availableParallelism();
  return measureInTime(await scoreInTime(candidate, { train, validation, test }, { threads }), {
    resamples: RESAMPLES,
    seed,
  });
}

/** By name: the probabilities that each bedside score gives the test rows. */
export function bedsideProbabilities({ train, bedside }: History, test: BedsideGatherer): Map<string, Float64Array> {
  return new Map(
    BEDSIDE_SCORES.map(({ name }, index) => [
      name,
      scoreProbabilities({ points: bedside.points[index], labels: train.labels }, { points: test.points[index] }),
    ]),
  );
}
