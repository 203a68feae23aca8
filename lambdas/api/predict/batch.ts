// POST /predict/batch: up to 1,000 encounters in one run of the session; an answer or an error for each, in order.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { ticks } from '../../aws/clock.ts';
import { type Encounter, encounterSchema } from '../../core/encounter/contract.ts';
import { fieldErrors, summary } from '../../core/problem/field-errors.ts';
import { ProblemError, problem } from '../../core/problem/problem.ts';
import type { BatchAnswer, BatchItem } from '../../core/serving/answers.ts';
import { json } from '../http/answer.ts';
import { jsonBody } from '../http/request.ts';
import type { Champion } from './champion.ts';
import { judge } from './judge.ts';
import { servedModel } from './predict.ts';
import { logPredictions } from './prediction-log.ts';

export const MAX_BATCH = 1000;
const BODY_LIMIT = 4 * 1024 * 1024;

/** Either the list itself or an object that holds it. */
const bodySchema = z.union([z.array(z.unknown()), z.object({ encounters: z.array(z.unknown()) })]);

export async function predictBatch(champion: Champion, event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const started = ticks();
  const bodies = encountersOf(jsonBody(event, BODY_LIMIT));
  const model = await servedModel(champion);

  const checked = bodies.map((body) => encounterSchema.safeParse(body));
  const valid: Encounter[] = [];
  for (const result of checked) if (result.success) valid.push(result.data);
  const scores = valid.length === 0 ? [] : await model.score(valid);
  let next = 0;
  const results = checked.map((result, index): BatchItem => {
    if (!result.success) {
      const errors = fieldErrors(result.error, bodies[index]);
      return { index, ok: false, error: problem('invalid', summary(errors), errors) };
    }
    const score = scores[next++];
    if (score === undefined) throw new Error(`the session gave no score for position ${index}`);
    return { index, ok: true, result: judge(model, result.data, score) };
  });

  const judged = results.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const failed = results.length - judged.length;
  logPredictions(event, model, judged, valid, ticks() - started, failed);
  const answer: BatchAnswer = {
    count: results.length,
    succeeded: judged.length,
    failed,
    model_name: model.entry.model,
    model_version: model.version,
    model_stage: model.entry.alias,
    results,
    request_id: event.requestContext.requestId,
  };
  return json(answer);
}

function encountersOf(body: unknown): unknown[] {
  const result = bodySchema.safeParse(body);
  if (!result.success) throw new ProblemError('invalid', 'Send {"encounters": [...]} or a list of encounters.');
  const list = Array.isArray(result.data) ? result.data : result.data.encounters;
  if (list.length >= 1 && list.length <= MAX_BATCH) return list;
  throw new ProblemError('invalid', `A batch holds 1 to ${MAX_BATCH} encounters; this one has ${list.length}.`, [
    { pointer: '/encounters', field: 'encounters', detail: `1 to ${MAX_BATCH} encounters`, code: 'size' },
  ]);
}
