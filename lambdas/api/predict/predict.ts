// POST /predict: one encounter, one answer, one log line.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { ticks } from '../../aws/clock.ts';
import { encounterSchema } from '../../core/encounter/contract.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { Prediction } from '../../core/serving/answers.ts';
import { json } from '../http/answer.ts';
import { jsonBody, parsed } from '../http/request.ts';
import type { Champion } from './champion.ts';
import { judge } from './judge.ts';
import type { ServedModel } from './model.ts';
import { logPredictions } from './prediction-log.ts';

const BODY_LIMIT = 64 * 1024;
const querySchema = z.object({ explain: z.enum(['true', 'false']).default('false') });

export async function predict(champion: Champion, event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const started = ticks();
  const encounter = parsed(encounterSchema, jsonBody(event, BODY_LIMIT));
  const explained =
    event.queryStringParameters !== null && parsed(querySchema, event.queryStringParameters).explain === 'true';
  const model = await servedModel(champion);

  const [score] = await model.score([encounter]);
  if (score === undefined) throw new Error('the session gave no score');
  const answer: Prediction = { ...judge(model, encounter, score), request_id: event.requestContext.requestId };
  if (explained) answer.explanation = { unit: 'log-odds', ...(await model.explain(encounter, score)) };
  logPredictions(event, model, [answer], [encounter], ticks() - started);
  return json(answer);
}

/** @throws ProblemError 503 while no model is promoted. */
export async function servedModel(champion: Champion): Promise<ServedModel> {
  const current = champion.current();
  const model = current instanceof Promise ? await current : current;
  if (model !== null) return model;
  const { refused, registryConnected } = champion.state();
  if (refused !== null)
    throw new ProblemError('unavailable', `Version ${refused.version} is promoted, but: ${refused.reason}.`);
  if (!registryConnected)
    throw new ProblemError('unavailable', 'The model registry cannot be reached; try again in a moment.');
  throw new ProblemError('no-model', 'Run the training pipeline, or promote a version with POST /promotions.');
}
