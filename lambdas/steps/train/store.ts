// Writes what a fit gave: the model under its own hash, the record of the run beside the plan and in Tracking.
import { putImmutable } from '../../aws/objects.ts';
import { settings } from '../../aws/settings.ts';
import { runs } from '../../aws/tracking.ts';
import type { Candidate } from '../../core/candidates/candidate.ts';
import type { CrossValidation } from '../../core/candidates/cross-validate.ts';
import type { FittedCandidate } from '../../core/candidates/fit.ts';
import { serializeModel } from '../../core/candidates/model.ts';
import { probabilities } from '../../core/candidates/score.ts';
import { makeSignature } from '../../core/candidates/sign.ts';
import type { Signature } from '../../core/candidates/signature.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { numberPatients, type Ranking, rankRows } from '../../core/evaluation/ranking.ts';
import { exportOnnx } from '../../core/onnx/export.ts';
import { recordHash } from '../../core/provenance/record.ts';
import { candidateRunId, keys } from '../../core/run/keys.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { TrainRows } from './rows.ts';

/** One fit with all that is said of it. */
export interface DescribedFit {
  readonly plan: Plan;
  readonly index: number;
  readonly candidate: Candidate;
  readonly fitted: FittedCandidate;
  readonly signature: Signature;
  readonly validationLogLoss: number;
}

export function describeFit(
  plan: Plan,
  index: number,
  candidate: Candidate,
  fitted: FittedCandidate,
  data: TrainRows,
): DescribedFit {
  const validation = rankValidation(fitted, data);
  const signature = makeSignature({
    modelName: settings().modelName,
    algorithm: candidate.algorithm,
    runId: candidateRunId(plan.run_id, index),
    features: data.train.features,
    datasetSha256: plan.dataset_sha256,
    dataset: plan.dataset,
    train: { probabilities: probabilities(fitted.model, data.train), labels: data.train.labels },
    validation,
    seen: data.seen,
  });
  const validationLogLoss = validation.logLoss.reduce((sum, loss) => sum + loss, 0) / validation.rows;
  return { plan, index, candidate, fitted, signature, validationLogLoss };
}

function rankValidation({ model }: FittedCandidate, { validation }: TrainRows): Ranking {
  return rankRows(validation.labels, probabilities(model, validation), numberPatients(validation.groups));
}

/** Writes the model and its record; all bytes are functions of plan and data. */
export async function storeModel({ plan, index, fitted, signature }: DescribedFit): Promise<StoredFit> {
  const trees = serializeModel(fitted.model);
  const signed = canonicalJson(signature);
  // The ledger holds the hash of model.onnx alone, so that file vouches for the two beside it.
  const onnx = exportOnnx(fitted.model, signature.features, {
    model_name: signature.model_name,
    algorithm: signature.algorithm,
    run_id: signature.run_id,
    training_data_sha256: signature.training_data.dataset_sha256,
    features_sha256: signature.features_sha256,
    signature_sha256: sha256Hex(signed),
    trees_sha256: sha256Hex(trees),
  });
  const sha256 = sha256Hex(onnx);
  const json = 'application/json';
  const record = {
    importance: fitted.importance,
    learning_curve: fitted.learning_curve,
    fit: fitted.fit,
  };
  await putImmutable(keys.model(sha256, 'trees.json'), trees, json);
  await putImmutable(keys.model(sha256, 'signature.json'), signed, json);
  const fit = canonicalJson(record);
  await putImmutable(keys.candidate(plan.run_id, index, 'fit.json'), fit, json);
  await putImmutable(keys.model(sha256, 'model.onnx'), onnx, 'application/octet-stream');
  return { modelSha256: sha256, fitSha256: sha256Hex(fit) };
}

interface StoredFit {
  readonly modelSha256: string;
  readonly fitSha256: string;
}

/** Tracks the fit as a run of the experiment: parameters, metrics, lineage. Returns the sha256 of the record. */
export async function recordRun(
  fit: DescribedFit,
  folded: CrossValidation | null,
  { modelSha256, fitSha256, rowsSha256 }: StoredFit & { readonly rowsSha256: string },
): Promise<string> {
  const { plan, candidate, fitted, signature } = fit;
  const record = {
    run_id: signature.run_id,
    pipeline_run_id: plan.run_id,
    name: candidate.name ?? candidate.algorithm,
    algorithm: candidate.algorithm,
    seed: candidate.seed,
    params: candidate.params,
    fit: fitted.fit,
    model_sha256: modelSha256,
    fit_sha256: fitSha256,
    rows_sha256: rowsSha256,
    dataset_sha256: plan.dataset_sha256,
    dataset: plan.dataset,
    code_version: plan.code_version,
    batches: plan.batches.map((batch) => batch.batch_id),
    validation: { log_loss: fit.validationLogLoss },
    cross_validation: folded,
  };
  await runs.save(signature.run_id, record);
  return recordHash(record);
}
