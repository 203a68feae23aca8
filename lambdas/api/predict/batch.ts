// POST /predict/batch: up to 1,000 encounters in one run of the session; an answer or an error for each, in order.
import { predictionId } from '../../core/loop/record/prediction-id.ts';
import { fieldErrors, summary } from '../../core/problem/field-errors.ts';
import { problem } from '../../core/problem/problem.ts';
import type { PREDICT_ROUTES } from '../../core/routes/predict.ts';
import type { BatchAnswer, BatchItem } from '../../core/serving/answers.ts';
import type { Judged } from '../../core/serving/prediction-line.ts';
import { type PredictRequest, predictRequestSchema } from '../../core/serving/requests.ts';
import type { RequestOf } from '../http/handler.ts';
import type { Champion } from './champion.ts';
import { judge } from './judge.ts';
import { servedModel } from './predict.ts';
import { logPredictions } from './prediction-log.ts';
import { encounterHash } from './reference.ts';

type Batch = (typeof PREDICT_ROUTES)['POST /predict/batch'];

export async function predictBatch(champion: Champion, request: RequestOf<Batch>): Promise<BatchAnswer> {
  const { event, started } = request;
  const { requestId, requestTimeEpoch } = event.requestContext;
  const bodies = request.body.encounters;
  const model = await servedModel(champion);

  const checked = bodies.map((body) => predictRequestSchema.safeParse(body));
  const valid: PredictRequest[] = [];
  for (const result of checked) if (result.success) valid.push(result.data);
  const scores = valid.length === 0 ? [] : await model.score(valid);
  const references = await Promise.all(valid.map(({ encounter_ref: ref }) => (ref ? encounterHash(ref) : null)));
  let next = 0;
  const judged: Judged[] = [];
  const results = checked.map((result, index): BatchItem => {
    if (!result.success) {
      const errors = fieldErrors(result.error, bodies[index]);
      return { index, ok: false, error: problem('invalid', summary(errors), errors) };
    }
    const encounter = references[next];
    const score = scores[next++];
    if (score === undefined) throw new Error(`the session gave no score for position ${index}`);
    const answer = judge(model, result.data, score, predictionId(requestTimeEpoch, requestId, index));
    judged.push({ ...answer, position: index, margin: score.margin, encounter });
    return { index, ok: true, result: answer };
  });

  const failed = results.length - judged.length;
  logPredictions(event, model, { judged, encounters: valid, explained: false, errors: failed }, started);
  return {
    count: results.length,
    succeeded: judged.length,
    failed,
    model_name: model.entry.model,
    model_version: model.version,
    model_stage: model.entry.alias,
    results,
    request_id: requestId,
  };
}
