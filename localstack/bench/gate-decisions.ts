// One decision of the gate between two models of the pool, as Evaluate takes it: the same comparisons, the same limits, the same budget.
import { clusterMean, upperLimit } from '../../lambdas/core/evaluation/cluster-mean.ts';
import { comparePaired, comparePairedSlices, evaluate, type Slice } from '../../lambdas/core/evaluation/evaluate.ts';
import { numberPatients, type Patients } from '../../lambdas/core/evaluation/ranking.ts';
import { rowLosses } from '../../lambdas/core/evaluation/row-losses.ts';
import { type Spending, spend } from '../../lambdas/core/gate/budget.ts';
import { decideGate } from '../../lambdas/core/gate/decide.ts';
import type { GateDecision } from '../../lambdas/core/gate/decision.ts';
import type { GateInput } from '../../lambdas/core/gate/input.ts';
import { GATE_LIMITS } from '../../lambdas/core/gate/limits.ts';
import type { PoolModel } from './gate-pool.ts';

/** As the pipeline's, but with fewer resamples: they answer for AUROC, calibration and subgroups, asked at 2.5 %. */
const BOOTSTRAP = { resamples: 200, seed: 20_080_101 } as const;
const THRESHOLD = 0.2;

export interface TestRows {
  readonly labels: Uint8Array;
  readonly groups: Float64Array;
  readonly slices: Readonly<Record<string, Slice>>;
  /** Base rate of the training rows: what the constant model says. */
  readonly rate: number;
}

export interface Decided {
  readonly kind: GateDecision['kind'] | null;
  readonly spending: Spending;
  readonly reason: string;
}

export class Decisions {
  readonly #rows: TestRows;
  readonly #patients: Patients;
  readonly #losses = new Map<PoolModel, Float64Array>();
  readonly #measured = new Map<PoolModel, Pick<GateInput, 'challenger' | 'baselines'>>();
  readonly #inputs = new Map<string, GateInput>();

  constructor(rows: TestRows) {
    this.#rows = rows;
    this.#patients = numberPatients(rows.groups);
  }

  /** Challenger's log loss less the champion's, over patients. */
  difference(challenger: PoolModel, champion: PoolModel) {
    const [a, b] = [this.#lossesOf(challenger), this.#lossesOf(champion)];
    return clusterMean(
      a.map((loss, row) => loss - b[row]),
      this.#patients,
    );
  }

  /** The spending of the newest of so many decisions on these test rows; null for none. */
  spentAfter(count: number): Spending | null {
    let last: Spending | null = null;
    for (let n = 1; n <= count; n++) last = spend(last, `decision ${n}`, this.#patients.count, GATE_LIMITS.budget);
    return last;
  }

  /** @param before the spending of the decision before this one on the same test rows */
  decide(challenger: PoolModel, champion: PoolModel, before: Spending | null): Decided {
    const number = (before?.decision ?? 0) + 1;
    const spending = spend(before, `decision ${number}`, this.#patients.count, GATE_LIMITS.budget);
    // No ground for a refresh: both saw the same rows on the same day. So only the superior can be promoted, and the rest,
    // which costs a hundred times as much, is asked of them alone.
    if (upperLimit(this.difference(challenger, champion), spending.level) >= 0) {
      return { kind: null, spending, reason: 'not superior' };
    }
    const { promote, kind = null, reason } = decideGate({ ...this.#input(challenger, champion), spending });
    return { kind: promote ? kind : null, spending, reason };
  }

  #input(challenger: PoolModel, champion: PoolModel): GateInput {
    const key = `${challenger.kind} ${challenger.seed} against ${champion.kind} ${champion.seed}`;
    const known = this.#inputs.get(key);
    if (known !== undefined) return known;
    const { labels, groups, slices } = this.#rows;
    const a = challenger.probabilities;
    const pair = (b: Float64Array) => ({ labels, groups, a, b, ...BOOTSTRAP });
    const input: GateInput = {
      ...this.#alone(challenger),
      champion: {
        paired: comparePaired(pair(champion.probabilities)),
        slicesPaired: comparePairedSlices({ ...pair(champion.probabilities), slices }),
        logLoss: this.difference(challenger, champion),
      },
      refresh: { days: 0, rows: { champion: 1, challenger: 1 }, newest: null },
    };
    this.#inputs.set(key, input);
    return input;
  }

  /** What does not depend on the champion. */
  #alone(challenger: PoolModel): Pick<GateInput, 'challenger' | 'baselines'> {
    const known = this.#measured.get(challenger);
    if (known !== undefined) return known;
    const { labels, groups, rate } = this.#rows;
    const probabilities = challenger.probabilities;
    const pair = { labels, groups, a: probabilities, b: probabilities.map(() => rate), ...BOOTSTRAP, resamples: 0 };
    const measured = {
      challenger: evaluate({ labels, groups, probabilities, slices: {}, threshold: THRESHOLD, ...BOOTSTRAP }),
      baselines: { constant: comparePaired(pair) },
    };
    this.#measured.set(challenger, measured);
    return measured;
  }

  #lossesOf(model: PoolModel): Float64Array {
    const known = this.#losses.get(model);
    if (known !== undefined) return known;
    const losses = rowLosses(this.#rows.labels, model.probabilities);
    this.#losses.set(model, losses);
    return losses;
  }
}
