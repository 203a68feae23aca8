import type { Encounter } from '../../core/encounter/contract.ts';
import { HIGH_RISK, LOW_RISK, type Prediction } from '../../core/serving/answers.ts';
import { riskGroup, riskPercentile } from '../../core/serving/reading.ts';
import type { ServedModel } from './model.ts';
import type { Score } from './session.ts';

/** What a score means under the model that gave it: everything of the answer but the request's id. */
export function judge(
  model: ServedModel,
  encounter: Encounter,
  { probability }: Score,
  predictionId: string,
): Omit<Prediction, 'request_id'> {
  const { signature, entry } = model;
  const threshold = signature.threshold.value;
  const high = probability >= threshold;
  return {
    prediction: high ? 1 : 0,
    probability,
    risk_level: high ? HIGH_RISK : LOW_RISK,
    model_name: entry.model,
    model_version: model.version,
    model_stage: entry.alias,
    threshold,
    risk_percentile: riskPercentile(probability, signature.score_quantiles),
    risk_group: riskGroup(probability, signature.reliability),
    warnings: model.warnings(encounter),
    prediction_id: predictionId,
  };
}
