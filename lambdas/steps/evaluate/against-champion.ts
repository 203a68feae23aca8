// The challenger against the champion: paired on the same encounters and resamples, and what speaks for a refresh.
import { clusterMean } from '../../core/evaluation/cluster-mean.ts';
import {
  comparePaired,
  comparePairedSlices,
  type PairedComparison,
  type PairedSlices,
} from '../../core/evaluation/evaluate.ts';
import { observedOverExpected } from '../../core/evaluation/observed-expected.ts';
import { numberPatients } from '../../core/evaluation/ranking.ts';
import { rowLosses } from '../../core/evaluation/row-losses.ts';
import type { GateInput } from '../../core/gate/input.ts';
import type { RefreshFacts } from '../../core/gate/refresh-facts.ts';
import type { Plan } from '../../core/run/plan.ts';
import { type Champion, scoreChampion } from './champion.ts';
import { BOOTSTRAP, type MeasuredModel } from './measure.ts';
import type { TestRows } from './rows.ts';

export interface ChampionComparison {
  readonly version: number;
  readonly model_sha256: string;
  /** Null when it could be scored in no way. */
  readonly measured: {
    readonly by: 'model' | 'stored scores';
    readonly paired: PairedComparison;
    readonly slices: PairedSlices;
    readonly log_loss: NonNullable<GateInput['champion']>['logLoss'];
  } | null;
  /** Why not, then. */
  readonly reason?: string;
  readonly refresh: RefreshFacts;
}

interface Rows {
  readonly labels: Uint8Array;
  readonly groups: Float64Array;
  readonly slices: TestRows['slices'];
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** @param facts `testRows`: eligible test rows by batch; `now`: when this is decided */
export async function compareWithChampion(
  challenger: MeasuredModel,
  champion: Champion,
  test: TestRows,
  {
    plan,
    testRows,
    now,
  }: { readonly plan: Plan; readonly testRows: ReadonlyMap<number, number>; readonly now: string },
): Promise<ChampionComparison> {
  const { entry, stored } = champion;
  const scores = await scoreChampion(champion, test.matrix);
  const refresh = {
    days: (Date.parse(now) - Date.parse(entry.time)) / 86_400_000,
    rows: { champion: stored.signature.training_data.rows, challenger: challenger.signature.training_data.rows },
    newest: null,
  };
  const common = { version: entry.version, model_sha256: entry.model_sha256 };
  if (scores.by === null) return { ...common, measured: null, reason: scores.reason, refresh };
  const rows = pick(scores.rows, {
    ...{ labels: test.matrix.labels, groups: test.matrix.groups, slices: test.slices },
    ...{ a: challenger.probabilities, b: scores.probabilities },
  });
  const own = rowLosses(rows.labels, rows.b);
  const losses = rowLosses(rows.labels, rows.a).map((loss, row) => loss - own[row]);
  return {
    ...common,
    measured: {
      by: scores.by,
      paired: comparePaired({ ...rows, ...BOOTSTRAP }),
      slices: comparePairedSlices({ ...rows, ...BOOTSTRAP }),
      log_loss: clusterMean(losses, numberPatients(rows.groups)),
    },
    refresh: {
      ...refresh,
      newest: scores.rows === 'all' ? newest(rows, newerRows(plan, champion.plan, testRows)) : null,
    },
  };
}

/** The champion's probabilities are of the picked rows already; the rest is of all. */
function pick(rows: readonly number[] | 'all', all: Rows): Rows {
  if (rows === 'all') return all;
  return {
    labels: Uint8Array.from(rows, (row) => all.labels[row]),
    groups: Float64Array.from(rows, (row) => all.groups[row]),
    a: Float64Array.from(rows, (row) => all.a[row]),
    b: all.b,
    slices: Object.fromEntries(
      Object.entries(all.slices).map(([name, { levels, codes }]) => [
        name,
        { levels, codes: Uint16Array.from(rows, (row) => codes[row]) },
      ]),
    ),
  };
}

/** Test rows of the batches that the champion's run did not have. */
function newerRows(plan: Plan, before: Plan | null, testRows: ReadonlyMap<number, number>): number[] {
  const known = new Set(before?.batches.map(({ batch_id }) => batch_id));
  const rows: number[] = [];
  let at = 0;
  for (const { batch_id } of plan.batches) {
    const count = testRows.get(batch_id) ?? 0;
    if (before !== null && !known.has(batch_id)) for (let row = at; row < at + count; row++) rows.push(row);
    at += count;
  }
  return rows;
}

function newest({ labels, groups, a, b }: Rows, rows: readonly number[]): RefreshFacts['newest'] {
  if (rows.length === 0) return null;
  const own = Uint8Array.from(rows, (row) => labels[row]);
  const patients = numberPatients(Float64Array.from(rows, (row) => groups[row]));
  const of = (all: Float64Array) =>
    observedOverExpected(
      own,
      Float64Array.from(rows, (row) => all[row]),
      patients,
    );
  return { rows: rows.length, positives: own.reduce((n, y) => n + y, 0), champion: of(b), challenger: of(a) };
}
