// The challenger against the champion of now and against the baselines, on the same test rows and resamples.

import { comparePaired, type PairedComparison } from '../../core/evaluation/evaluate.ts';
import { numberPatients } from '../../core/evaluation/ranking.ts';
import { decideGate } from '../../core/gate/decide.ts';
import type { GateDecision } from '../../core/gate/decision.ts';
import type { GateInput } from '../../core/gate/input.ts';
import type { Plan } from '../../core/run/plan.ts';
import { type ChampionComparison, compareWithChampion } from './against-champion.ts';
import { isSimpler } from './challenger.ts';
import type { Champion } from './champion.ts';
import { readDataFacts, testRowsByBatch } from './data-facts.ts';
import { BOOTSTRAP, type MeasuredModel } from './measure.ts';
import type { TestRows } from './rows.ts';
import { takeSpending } from './spending.ts';

export interface Comparison {
  readonly gate: GateDecision;
  /** Column, reason and message of the commonest of the rows that were set aside; null for none. */
  readonly setAsideExample: string | null;
  readonly champion: ChampionComparison | null;
  /** Challenger against the constant rate, each bedside score and each other candidate, by name. */
  readonly baselines: Readonly<Record<string, PairedComparison>>;
}

export interface Context {
  readonly plan: Plan;
  /** Key of the evidence that this comparison becomes: names the decision. */
  readonly evidence: string;
  /** When it is decided, ISO 8601. */
  readonly now: string;
}

/** @throws LeakError when the challenger is better than this data allows */
export async function compare(
  challenger: MeasuredModel,
  measured: readonly MeasuredModel[],
  champion: Champion | null,
  test: TestRows,
  bedside: ReadonlyMap<string, Float64Array>,
  context: Context,
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
  const facts = { ...context, testRows: await testRowsByBatch() };
  const compared = champion === null ? null : await compareWithChampion(challenger, champion, test, facts);
  const data = await readDataFacts(context.plan, challenger, champion);
  const gate = decideGate({
    challenger: challenger.evaluation,
    baselines: { constant, bedside: scores, simpler: byName(simpler) },
    data,
    ...(await againstChampion(compared, test, context)),
  });
  if (gate.outcome === 'leak') throw new LeakError(gate.reason);
  return {
    ...{ gate, champion: compared, setAsideExample: data.setAside.example },
    baselines: { constant, ...scores, ...byName(candidates) },
  };
}

/** What the gate hears of the champion, and the error that it may spend on beating it. */
async function againstChampion(
  compared: ChampionComparison | null,
  { matrix }: TestRows,
  { evidence }: Context,
): Promise<Pick<GateInput, 'champion' | 'incomparable' | 'refresh' | 'spending'>> {
  if (compared === null) return { champion: null };
  const { measured, refresh, reason = 'the champion cannot be compared' } = compared;
  if (measured === null) return { champion: null, incomparable: reason };
  const champion = { paired: measured.paired, slicesPaired: measured.slices, logLoss: measured.log_loss };
  if (measured.paired.identical) return { champion, refresh };
  return { champion, refresh, spending: await takeSpending(evidence, numberPatients(matrix.groups).count) };
}

/** What a model without features would say: the training rows' rate. */
function constantRate({ signature, probabilities }: MeasuredModel): Float64Array {
  const { positives, rows } = signature.training_data;
  return new Float64Array(probabilities.length).fill(positives / rows);
}

export class LeakError extends Error {
  override readonly name = 'LeakError';
}
