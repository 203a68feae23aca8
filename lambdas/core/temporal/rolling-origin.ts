// Rolling-origin evaluation: the candidate is fitted again on what came before each window, and scores the window.
import type { Candidate } from '../candidates/candidate.ts';
import { type FitOptions, fitCandidate, OneClass } from '../candidates/fit.ts';
import { selectRows } from '../candidates/fold.ts';
import type { Model } from '../candidates/model.ts';
import { probabilities } from '../candidates/score.ts';
import type { LabelledMatrix } from '../encounter/matrix.ts';
import { BadMatrix } from '../trees/binning.ts';
import { firstSeen, rollingWindows, type Window } from './windows.ts';

/** Eligible rows by split; each needs its `order`. */
export type SplitRows = Readonly<Record<'train' | 'validation' | 'test', LabelledMatrix>>;

/** The rows of one window with the probability that its model gave each; all arrays have one entry a row. */
export interface WindowScores {
  readonly window: Window;
  readonly trainRows: number;
  readonly validationRows: number;
  readonly order: Float64Array;
  readonly labels: Uint8Array;
  readonly groups: Float64Array;
  readonly probabilities: Float64Array;
  /** 1 = the patient has no encounter before the window. */
  readonly firstSeen: Uint8Array;
  /** What the first window's model says; null in the first window. */
  readonly frozen: Float64Array | null;
}

export type InTime =
  | { readonly outcome: 'scored'; readonly windows: readonly WindowScores[] }
  | { readonly outcome: 'not_scored'; readonly reason: string };

/**
 * Each window's model is what the chain would have made on the day before it: fitted on the training patients' earlier
 * encounters, stopped and calibrated on the validation patients' earlier ones. It scores every encounter of the window, of
 * all patients: someone who was trained on may come again, as in service; those who never came before are marked. Nothing
 * later reaches a fit: not even its bins, which is why fits do not share them.
 * @throws WorkerDied when a training thread fails.
 */
export async function scoreInTime(candidate: Candidate, splits: SplitRows, options: FitOptions): Promise<InTime> {
  const orders = [splits.train, splits.validation, splits.test].map(orderOf);
  const order = joined(orders);
  const first = firstSeen(joined([splits.train.groups, splits.validation.groups, splits.test.groups]), order);
  const scored: WindowScores[] = [];
  let frozen: Model | null = null;
  for (const window of rollingWindows(order)) {
    const before = (rows: LabelledMatrix) => selectRows(rows, (row) => orderOf(rows)[row] < window.start);
    const data = { train: before(splits.train), validation: before(splits.validation) };
    const fitted = await fitOrReason(candidate, data, options);
    if (typeof fitted === 'string') return { outcome: 'not_scored', reason: fitted };
    scored.push({
      ...scoreWindow(window, splits, fitted, frozen, first),
      trainRows: data.train.rows,
      validationRows: data.validation.rows,
    });
    frozen ??= fitted;
  }
  return scored.length === 0
    ? { outcome: 'not_scored', reason: 'there are no encounters to cut into windows' }
    : { outcome: 'scored', windows: scored };
}

/** A sentence when the earlier rows are too few or of one class: then there is nothing to say about time, which is no failure. */
async function fitOrReason(
  candidate: Candidate,
  data: Pick<SplitRows, 'train' | 'validation'>,
  options: FitOptions,
): Promise<Model | string> {
  try {
    return (await fitCandidate(candidate, data, options)).model;
  } catch (error) {
    if (error instanceof OneClass || error instanceof BadMatrix)
      return `the earlier encounters cannot be fitted on: ${error.message}`;
    throw error;
  }
}

function scoreWindow(
  window: Window,
  splits: SplitRows,
  model: Model,
  frozen: Model | null,
  first: ReadonlyMap<number, number>,
): Omit<WindowScores, 'trainRows' | 'validationRows'> {
  const parts = [splits.train, splits.validation, splits.test].map((rows) => {
    const times = orderOf(rows);
    return selectRows(rows, (row) => times[row] >= window.start && times[row] < window.end);
  });
  const groups = joined(parts.map((part) => part.groups));
  return {
    window,
    order: joined(parts.map(orderOf)),
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
    groups,
    probabilities: joined(parts.map((part) => probabilities(model, part))),
    firstSeen: Uint8Array.from(groups, (group) => Number((first.get(group) ?? -Infinity) >= window.start)),
    frozen: frozen === null ? null : joined(parts.map((part) => probabilities(frozen, part))),
  };
}

function orderOf({ order }: LabelledMatrix): Float64Array {
  if (order === undefined) throw new RangeError('the rows have no order: load them with their encounter_id');
  return order;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
