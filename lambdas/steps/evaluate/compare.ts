// The challenger against the champion of now and against the baselines, on the same test rows and resamples.

import {
  comparePaired,
  comparePairedSlices,
  type PairedComparison,
  type PairedSlices,
} from '../../core/evaluation/evaluate.ts';
import { decideGate } from '../../core/gate/decide.ts';
import type { GateDecision } from '../../core/gate/decision.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { isSimpler } from './challenger.ts';
import { BOOTSTRAP, type MeasuredModel } from './measure.ts';
import type { TestRows } from './rows.ts';
import { loadModel, score } from './scored.ts';

export interface Comparison {
  readonly gate: GateDecision;
  readonly champion: ChampionComparison | null;
  /** Challenger against the constant rate, each bedside score and each other candidate, by name. */
  readonly baselines: Readonly<Record<string, PairedComparison>>;
}

interface ChampionComparison {
  readonly version: number;
  readonly model_sha256: string;
  /** Null when the champion was trained on other features than this code computes: it can be neither served nor compared. */
  readonly measured: { readonly paired: PairedComparison; readonly slices: PairedSlices } | null;
}

/** @throws LeakError when the challenger is better than this data allows */
export async function compare(
  challenger: MeasuredModel,
  measured: readonly MeasuredModel[],
  head: LedgerEntry | null,
  test: TestRows,
  bedside: ReadonlyMap<string, Float64Array>,
): Promise<Comparison> {
  const against = (b: Float64Array) => {
    const { labels, groups } = test.matrix;
    return { labels, groups, a: challenger.probabilities, b, ...BOOTSTRAP };
  };
  const constant = comparePaired(against(constantRate(challenger)));
  const scores = Object.fromEntries([...bedside].map(([name, values]) => [name, comparePaired(against(values))]));
  const candidates = measured
    .filter((model) => model !== challenger)
    .map((model) => ({ model, paired: comparePaired(against(model.probabilities)) }));
  const byName = (of: typeof candidates) => Object.fromEntries(of.map(({ model, paired }) => [model.name, paired]));
  const simpler = candidates.filter(({ model }) =>
    isSimpler(model.signature.algorithm, challenger.signature.algorithm),
  );
  const champion = head === null ? null : await compareWithChampion(challenger, head, test, against);
  const gate = decideGate({
    challenger: challenger.evaluation,
    champion: champion?.measured ? { paired: champion.measured.paired, slicesPaired: champion.measured.slices } : null,
    baselines: { constant, bedside: scores, simpler: byName(simpler) },
  });
  if (gate.outcome === 'leak') throw new LeakError(gate.reason);
  return { gate, champion, baselines: { constant, ...scores, ...byName(candidates) } };
}

async function compareWithChampion(
  challenger: MeasuredModel,
  { version, model_sha256 }: LedgerEntry,
  test: TestRows,
  against: (b: Float64Array) => Parameters<typeof comparePaired>[0],
): Promise<ChampionComparison> {
  const stored = await loadModel(model_sha256);
  if (stored.signature.features_sha256 !== challenger.signature.features_sha256) {
    return { version, model_sha256, measured: null };
  }
  const pair = against(score(stored, test.matrix).probabilities);
  const slices = comparePairedSlices({ ...pair, slices: test.slices });
  return { version, model_sha256, measured: { paired: comparePaired(pair), slices } };
}

/** What a model without features would say: the training rows' rate. */
function constantRate({ signature, probabilities }: MeasuredModel): Float64Array {
  const { positives, rows } = signature.training_data;
  return new Float64Array(probabilities.length).fill(positives / rows);
}

export class LeakError extends Error {
  override readonly name = 'LeakError';
}
