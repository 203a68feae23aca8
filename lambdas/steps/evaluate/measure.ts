// Every candidate's worth on the test rows, with intervals, after its ONNX graph was shown to answer as the trainer does.
import type { Evaluation } from '../../core/evaluation/evaluate.ts';
import { evaluate } from '../../core/evaluation/evaluate.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { Trained } from '../../core/run/trained.ts';
import { chooseChallenger, finalists } from './challenger.ts';
import { evaluateInTime, type History } from './history.ts';
import { checkParity } from './parity.ts';
import type { TestRows } from './rows.ts';
import { loadModel, type ScoredModel, score } from './scored.ts';

/** 1,000 patient-cluster resamples, the same ones for every model of every run: differences are then paired. */
export const BOOTSTRAP = { resamples: 1000, seed: 20_080_101 } as const;

export interface MeasuredModel extends ScoredModel {
  readonly index: number;
  readonly name: string;
  readonly validationLogLoss: number;
  readonly evaluation: Evaluation;
  /** Largest difference between ONNX Runtime's and the trainer's probabilities on the test rows. */
  readonly parity: number;
}

type TrainedModel = Extract<Trained, { outcome: 'trained' }>;

export interface MeasuredModels {
  readonly all: readonly MeasuredModel[];
  /** The one that goes to the gate; only it is measured by subgroup and in time. */
  readonly challenger: MeasuredModel;
}

export async function measureAll(
  plan: Plan,
  trained: readonly TrainedModel[],
  test: TestRows,
  history: History,
): Promise<MeasuredModels> {
  const measured = finalists(trained);
  const chosen = chooseChallenger(measured);
  const all: MeasuredModel[] = [];
  for (const candidate of measured)
    all.push(await measureOne(plan, candidate, test, candidate === chosen ? history : null));
  const challenger = all.find((model) => model.index === chosen.index);
  if (challenger === undefined) throw new RangeError(`candidate ${chosen.index} was not measured`);
  return { all, challenger };
}

async function measureOne(
  plan: Plan,
  { index, model_sha256, validation_log_loss }: TrainedModel,
  test: TestRows,
  /** Given for the challenger: it alone is measured by subgroup and in time. */
  history: History | null,
): Promise<MeasuredModel> {
  const candidate = plan.candidates[index];
  const temporal =
    history && candidate ? { temporal: await evaluateInTime(candidate, history, test.matrix, BOOTSTRAP.seed) } : {};
  const scored = score(await loadModel(model_sha256), test.matrix);
  return {
    ...scored,
    index,
    name: candidate?.name ?? scored.signature.algorithm,
    validationLogLoss: validation_log_loss,
    parity: await checkParity(scored.onnx, scored.model, test.matrix),
    evaluation: {
      ...evaluate({
        labels: test.matrix.labels,
        groups: test.matrix.groups,
        probabilities: scored.probabilities,
        slices: history ? test.slices : {},
        threshold: scored.signature.threshold.value,
        ...BOOTSTRAP,
      }),
      ...temporal,
    },
  };
}
