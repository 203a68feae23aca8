// Fits one candidate: trains the algorithm, calibrates it on validation rows, and says what it learned.
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { BadMatrix } from '../trees/binning.ts';
import { type CalibrationChoice, chooseCalibration } from './calibration.ts';
import type { Candidate } from './candidate.ts';
import { fitBoosting } from './fit-boosting.ts';
import { fitRandomForest } from './fit-forest.ts';
import { fitLinear } from './fit-linear.ts';
import type { FitData, FitOptions, FittedCandidate, Uncalibrated } from './fitted.ts';
import type { Calibration, Model } from './model.ts';
import { recalibrate } from './recalibration.ts';
import { margins } from './score.ts';

export type { FitData, FitFacts, FitOptions, FittedCandidate } from './fitted.ts';

/**
 * @throws BadMatrix when the rows cannot be trained on (an infinite number, a value that is no level, no rows).
 * @throws OneClass when the training or validation rows are all of one class.
 * @throws WorkerDied when a training thread fails.
 */
export async function fitCandidate(candidate: Candidate, data: FitData, options: FitOptions): Promise<FittedCandidate> {
  checkRows('training', data.train);
  checkRows('validation', data.validation);
  const { model, rounds, ...rest } = await fitAlgorithm(candidate, data, options);
  const choice = candidate.calibration === 'auto' ? calibrationOf(model, data.validation, candidate.seed) : null;
  const again = recalibrationOf(candidate, model, choice?.calibration ?? null, data);
  const calibration = again === null ? (choice?.calibration ?? null) : again.calibration;
  return {
    ...rest,
    model: { ...model, calibration },
    fit: {
      algorithm: candidate.algorithm,
      rounds,
      train_rows: data.train.rows,
      validation_rows: data.validation.rows,
      calibration: calibration?.method ?? 'none',
      recalibration: again?.facts ?? null,
      cross_fitted_log_loss: choice?.cross_fitted_log_loss ?? null,
    },
  };
}

/** All rows have the same label: nothing can be learned or measured. */
export class OneClass extends Error {
  override readonly name = 'OneClass';
}

function checkRows(which: string, matrix: LabelledMatrix): void {
  if (matrix.rows === 0) throw new BadMatrix(`There are no ${which} rows.`);
  const width = matrix.features.length;
  const isBad = matrix.features.map(({ kind, levels }) =>
    kind === 'category' && which === 'training'
      ? (x: number) => x < 0 || x !== Math.floor(x) || (levels !== undefined && x >= levels.length)
      : (x: number) => x === Infinity || x === -Infinity,
  );
  for (let at = 0, column = 0; at < matrix.values.length; at += 1, column = column + 1 === width ? 0 : column + 1) {
    const x = matrix.values[at];
    if (Number.isNaN(x) || !isBad[column](x)) continue;
    const { name, kind } = matrix.features[column];
    const remedy = kind === 'category' ? 'which is none of its level indices' : 'use NaN for a missing number';
    throw new BadMatrix(`Row ${Math.floor(at / width)} of the ${which} rows holds ${x} as ${name}; ${remedy}.`);
  }
  const positives = countPositives(matrix);
  if (positives > 0 && positives < matrix.rows) return;
  const all = positives === 0 ? 'negative' : 'positive';
  throw new OneClass(`All ${matrix.rows} ${which} rows are ${all}; both classes are needed.`);
}

function countPositives({ labels }: LabelledMatrix): number {
  return labels.reduce((sum, label) => sum + label, 0);
}

function calibrationOf(model: Model, validation: LabelledMatrix, seed: number): CalibrationChoice {
  return chooseCalibration(margins(model, validation), validation.labels, validation.groups, seed);
}

/** @throws BadMatrix when the rows have no order to tell the newest by. */
function recalibrationOf(
  { recalibrate: method, recalibrate_newest: share }: Candidate,
  model: Model,
  base: Calibration,
  { train, validation }: FitData,
) {
  if (method === 'none') return null;
  const scored = (rows: LabelledMatrix) => {
    const { labels, order } = rows;
    if (order === undefined) throw new BadMatrix('There is no order of the rows to tell the newest by.');
    return { margins: margins(model, rows), labels, order };
  };
  return recalibrate(base, method, { fitted: scored(train), held: scored(validation) }, share);
}

async function fitAlgorithm(candidate: Candidate, data: FitData, options: FitOptions): Promise<Uncalibrated> {
  switch (candidate.algorithm) {
    case 'gradient_boosting':
      return fitBoosting(candidate.params, candidate.seed, data, options);
    case 'random_forest':
      return fitRandomForest(candidate.params, candidate.seed, data, options);
    case 'logistic_regression':
      return fitLinear(candidate.params, data);
    case 'constant':
      return fitConstant(data.train);
  }
}

function fitConstant(train: LabelledMatrix): Uncalibrated {
  const positives = countPositives(train);
  const margin = Math.fround(Math.log(positives / (train.rows - positives)));
  const features = train.features.map((feature) => feature.name);
  return {
    model: { kind: 'constant', margin, features, calibration: null },
    learning_curve: [],
    importance: [],
    rounds: 0,
  };
}
