// What the function says about itself: health, the served model, a reload on demand.
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readObject } from '../../aws/objects.ts';
import { servedModel as servedName } from '../../aws/registry.ts';
import { datasetNamed } from '../../core/dataset/named.ts';
import type { Evaluation } from '../../core/evaluation/schema.ts';
import { verifiedEvaluation } from '../../core/provenance/evaluation.ts';
import type { PREDICT_ROUTES } from '../../core/routes/predict.ts';
import type { Health, ModelInfo, Reload } from '../../core/serving/answers.ts';
import { laterFigures } from '../../core/serving/later-figures.ts';
import { json } from '../http/answer.ts';
import { type AnswerOf, type RequestOf, WithStatus } from '../http/handler.ts';
import type { Champion } from './champion.ts';
import type { ServedModel } from './model.ts';
import { servedModel } from './predict.ts';

type HealthRoute = (typeof PREDICT_ROUTES)['GET /health'];

/**
 * Always 200, as clients of the replaced system expect: `status` says whether predictions are answered. With
 * `?strict=true` an unhealthy service answers 503, for load balancers, which read nothing but the code.
 */
export async function health(champion: Champion, { query }: RequestOf<HealthRoute>): Promise<AnswerOf<HealthRoute>> {
  await champion.current();
  const { model, registryConnected, pointerAgeMs, refused } = champion.state();
  const answer: Health = {
    status: model === null ? 'unhealthy' : 'healthy',
    registry_connected: registryConnected,
    model_loaded: model !== null,
    model_info: model === null ? null : identity(model),
    pointer_age_seconds: pointerAgeMs === null ? null : Math.round(pointerAgeMs) / 1000,
    refused:
      refused === null ? null : { ...refused, version: refused.version === null ? null : String(refused.version) },
  };
  return query.strict === 'true' && model === null ? new WithStatus(503, answer) : answer;
}

function identity({ entry, signature, version }: ServedModel): NonNullable<Health['model_info']> {
  return {
    name: entry.model,
    version,
    stage: entry.alias,
    run_id: signature.run_id,
    algorithm: signature.algorithm,
    sha256: entry.model_sha256,
    promoted_at: entry.time,
  };
}

let evaluated: { readonly sha256: string; readonly evaluation: Evaluation } | undefined;

export async function modelInfo(champion: Champion): Promise<ModelInfo> {
  const { entry, signature, version } = await servedModel(champion);
  const sha256 = entry.model_sha256;
  if (evaluated?.sha256 !== sha256) {
    evaluated = { sha256, evaluation: await verifiedEvaluation(entry, readObject) };
  }
  const { metrics, rows, positives, temporal } = evaluated.evaluation;
  return {
    model_name: entry.model,
    model_version: version,
    model_stage: entry.alias,
    run_id: signature.run_id,
    algorithm: signature.algorithm,
    accuracy: metrics.accuracy.value,
    f1_score: metrics.f1.value,
    last_updated: entry.time,
    model_sha256: sha256,
    threshold: signature.threshold,
    training_data: signature.training_data,
    data_source: datasetNamed(signature.training_data.dataset.name).provenance,
    features: signature.features.length,
    metrics_on_later_patients: laterFigures(temporal),
    metrics: { test_rows: rows, test_positives: positives, ...metrics },
    promoted_by: entry.actor,
    reason: entry.reason,
  };
}

/** Longer than any reading takes, shorter than API Gateway waits. */
const RELOAD_MS = 10_000;

/** Follows the pointer now instead of within its time to live. */
export async function reloadModel(champion: Champion): Promise<Reload> {
  const before = champion.state().model;
  await champion.refreshWithin(RELOAD_MS);
  const { model: after, refused, registryConnected } = champion.state();
  const status =
    !registryConnected || refused !== null
      ? 'refused'
      : after?.entry.hash === before?.entry.hash
        ? 'unchanged'
        : 'reloaded';
  const message =
    refused?.reason ??
    (registryConnected
      ? `serving ${after === null ? 'no model' : `version ${after.version}`}`
      : 'the registry cannot be reached');
  return {
    status,
    message,
    version_before: before?.version ?? null,
    version_after: after?.version ?? null,
  };
}

export function index(): APIGatewayProxyResult {
  const { model, alias } = servedName();
  return json({
    name: 'readmit',
    description: 'Prediction of 30-day hospital readmission',
    model: { name: model, stage: alias },
    links: {
      predict: 'POST /predict',
      batch: 'POST /predict/batch',
      health: '/health',
      model: '/model-info',
      docs: '/docs',
      openapi: '/openapi.json',
    },
  });
}
