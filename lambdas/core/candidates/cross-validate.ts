// Patient-grouped cross-validation of one candidate on training rows alone.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { weightedAuroc } from '../evaluation/auroc.ts';
import { numberPatients, rankRows } from '../evaluation/ranking.ts';
import type { Candidate } from './candidate.ts';
import { type FitOptions, fitCandidate } from './fit.ts';
import { foldOf, selectRows } from './fold.ts';
import { probabilities } from './score.ts';

export interface FoldScore {
  readonly fold: number;
  readonly rows: number;
  readonly positives: number;
  readonly rounds: number;
  readonly log_loss: number;
  readonly auroc: number;
}

export interface CrossValidation {
  readonly folds: readonly FoldScore[];
  /** Mean over the folds. */
  readonly log_loss: number;
  readonly auroc: number;
  /** Standard deviation over the folds (n - 1). */
  readonly log_loss_sd: number;
  readonly auroc_sd: number;
}

/** One in so many patients outside the scored fold is kept to stop and calibrate on: the scored fold stays unseen. */
const STOPPING_SHARE = 10;

/**
 * Fits on all folds but one (a tenth of their patients set aside for early stopping and calibration) and scores that one, for each.
 * The same arguments give the same figures.
 * @throws OneClass when a fold is all of one class.
 */
export async function crossValidate(
  candidate: Candidate,
  data: LabelledMatrix,
  folds: number,
  seed: number,
  options: FitOptions,
): Promise<CrossValidation> {
  const foldOfRow = Uint8Array.from(data.groups, (group) => foldOf(group, folds, seed));
  const stops = Uint8Array.from(data.groups, (group) => (isForStopping(group, seed) ? 1 : 0));
  const scores: FoldScore[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const part = (stopping: number) => selectRows(data, (row) => foldOfRow[row] !== fold && stops[row] === stopping);
    const scored = selectRows(data, (row) => foldOfRow[row] === fold);
    const { model, fit } = await fitCandidate(candidate, { train: part(0), validation: part(1) }, options);
    const ranking = rankRows(scored.labels, probabilities(model, scored), numberPatients(scored.groups));
    scores.push({
      fold,
      rows: scored.rows,
      positives: ranking.positives,
      rounds: fit.rounds,
      log_loss: ranking.logLoss.reduce((sum, loss) => sum + loss, 0) / scored.rows,
      auroc: weightedAuroc(ranking, new Uint8Array(scored.rows).fill(1)),
    });
  }
  const [log_loss, log_loss_sd] = moments(scores.map((score) => score.log_loss));
  const [auroc, auroc_sd] = moments(scores.map((score) => score.auroc));
  return { folds: scores, log_loss, auroc, log_loss_sd, auroc_sd };
}

/** Whether a patient outside the scored fold is kept from training, to stop and calibrate on. */
export function isForStopping(group: number, seed: number): boolean {
  return foldOf(group, STOPPING_SHARE, seed + 1) === 0;
}

function moments(values: readonly number[]): [mean: number, deviation: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))];
}
