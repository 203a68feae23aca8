// The boosting program of one thread: rounds of gradients, one tree, and the loss that decides when to stop.
import { BARRIER_WORDS, Barrier } from './barrier.ts';
import { counterBase, drawLimit } from './counter-hash.ts';
import { drawFor } from './draw.ts';
import { Grower } from './grower.ts';
import { GRADIENT_SCALE, HESSIAN_SCALE } from './kernels.ts';
import { kernelsOn } from './load-kernels.ts';
import { viewsOf } from './memory.ts';
import type { BoostedTrees, BoostSettings, LearningPoint } from './settings.ts';
import type { TrainingSet } from './training-set.ts';
import type { Tree } from './tree.ts';

/** Row losses are summed as multiples of 2^-24 (times the largest weight's share): exact, so the order of rows cannot matter. */
const LOSS_SCALE = 2 ** 24;
/** Rounds between two looks at the training loss. */
const TRAIN_LOSS_EVERY = 25;

/**
 * Every thread of a team runs this to the end and gets the same result.
 * @throws FitAborted when another thread died.
 */
export function runBooster(
  set: TrainingSet,
  settings: BoostSettings,
  thread: number,
  onRound: (point: LearningPoint) => void = () => {},
): BoostedTrees {
  const views = viewsOf(set.block);
  const { f64, i32 } = views;
  const kernels = kernelsOn(set.block);
  const barrier = new Barrier(i32.subarray(set.barrier / 4, set.barrier / 4 + BARRIER_WORDS), set.threads.length);
  const units = { gradient: GRADIENT_SCALE / set.maxWeight, hessian: HESSIAN_SCALE / set.maxWeight };
  const grower = new Grower(set, settings, views, kernels, thread, barrier, units);
  const own = set.threads[thread];
  const total = (cell: number) => set.threads.reduce((sum, { sums }) => sum + f64[sums / 8 + cell], 0);
  const validationRows = Uint32Array.from(
    { length: own.validationTo - own.validationFrom },
    (_, row) => own.validationFrom + row,
  );
  const trees: Tree[] = [];
  const learningCurve: LearningPoint[] = [];
  let best = { round: 0, loss: Infinity };

  for (let round = 0; round < settings.rounds; round += 1) {
    const sampled = kernels.gradients(
      set.margins,
      set.labels,
      set.weights,
      set.packed,
      own.trainFrom,
      own.trainTo,
      counterBase(settings.seed, round),
      drawLimit(settings.subsample),
      units.gradient,
      units.hessian,
      own.sampled[0],
      own.rest[0],
      own.sums,
    );
    const unsampled = own.trainTo - own.trainFrom - sampled;
    views.u32.set(validationRows, own.rest[0] / 4 + unsampled);
    const draw = drawFor(set, settings.seed, round, settings.colsample);
    trees.push(grower.grow(draw, sampled, unsampled + validationRows.length));

    const last = round + 1 === settings.rounds;
    const withTraining = last || (round + 1) % TRAIN_LOSS_EVERY === 0;
    f64[own.sums / 8 + 2] = kernels.logLoss(
      set.margins,
      set.labels,
      0,
      own.validationFrom,
      own.validationTo,
      LOSS_SCALE,
    );
    if (withTraining) {
      const scale = LOSS_SCALE / set.maxWeight;
      f64[own.sums / 8 + 3] = kernels.logLoss(set.margins, set.labels, set.weights, own.trainFrom, own.trainTo, scale);
    }
    barrier.wait();
    const validation_log_loss = total(2) / LOSS_SCALE / set.validationRows;
    const point: LearningPoint = {
      round: round + 1,
      validation_log_loss,
      ...(withTraining ? { train_log_loss: (total(3) / LOSS_SCALE) * (set.maxWeight / set.trainWeight) } : {}),
    };
    learningCurve.push(point);
    onRound(point);
    if (validation_log_loss < best.loss) best = { round: round + 1, loss: validation_log_loss };
    else if (settings.earlyStoppingRounds > 0 && round + 1 - best.round >= settings.earlyStoppingRounds) break;
  }
  const kept = settings.earlyStoppingRounds > 0 ? best.round : trees.length;
  return { baseMargin: set.baseMargin, trees: trees.slice(0, kept), learningCurve };
}
