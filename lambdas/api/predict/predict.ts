// POST /predict: one encounter, one answer, one log line.
import { predictionId } from '../../core/loop/record/prediction-id.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { PREDICT_ROUTES } from '../../core/routes/predict.ts';
import type { Prediction } from '../../core/serving/answers.ts';
import type { RequestOf } from '../http/handler.ts';
import type { Champion } from './champion.ts';
import { judge } from './judge.ts';
import type { ServedModel } from './model.ts';
import { logPredictions } from './prediction-log.ts';
import { encounterHash } from './reference.ts';

type Predict = (typeof PREDICT_ROUTES)['POST /predict'];

export async function predict(champion: Champion, request: RequestOf<Predict>): Promise<Prediction> {
  const { body: encounter, query, event } = request;
  const model = await servedModel(champion);

  const [score] = await model.score([encounter]);
  if (score === undefined) throw new Error('the session gave no score');
  const { requestId, requestTimeEpoch } = event.requestContext;
  const id = predictionId(requestTimeEpoch, requestId, 0);
  const answer: Prediction = { ...judge(model, encounter, score, id), request_id: requestId };
  if (query.explain === 'true') answer.explanation = { unit: 'log-odds', ...(await model.explain(encounter, score)) };
  const { encounter_ref: reference } = encounter;
  const hash = typeof reference === 'string' ? await encounterHash(reference) : null;
  const judged = [{ ...answer, position: 0, margin: score.margin, encounter: hash }];
  logPredictions(
    event,
    model,
    { judged, encounters: [encounter], explained: query.explain === 'true', errors: 0 },
    request.started,
  );
  return answer;
}

/** @throws ProblemError 503 while no model is promoted. */
export async function servedModel(champion: Champion): Promise<ServedModel> {
  const current = champion.current();
  const model = current instanceof Promise ? await current : current;
  if (model !== null) return model;
  const { refused, registryConnected } = champion.state();
  if (refused !== null && refused.version === null) throw new ProblemError('unavailable', `${refused.reason}.`);
  if (refused !== null)
    throw new ProblemError('unavailable', `Version ${refused.version} is promoted, but: ${refused.reason}.`);
  if (!registryConnected)
    throw new ProblemError('unavailable', 'The model registry cannot be reached; try again in a moment.');
  throw new ProblemError('no-model', 'Run the training pipeline, or promote a version with POST /promotions.');
}
