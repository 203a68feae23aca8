// The champion that a challenger is compared with, and its probabilities of the test rows: by its own model, or those kept beside it.
import { MissingObjectError, readJson, readObject } from '../../aws/objects.ts';
import { probabilities } from '../../core/candidates/score.ts';
import type { FeatureMatrix, LabelledMatrix } from '../../core/encounter/matrix.ts';
import { decodeScores } from '../../core/evaluation/stored-scores.ts';
import { GATE_LIMITS } from '../../core/gate/limits.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { keys } from '../../core/run/keys.ts';
import { type Plan, planSchema } from '../../core/run/plan.ts';
import { loadModel, type StoredModel } from './scored.ts';

export interface Champion {
  /** The ledger's entry that put it in place. */
  readonly entry: LedgerEntry;
  readonly stored: StoredModel;
  /** Of its run; null when that is gone. */
  readonly plan: Plan | null;
}

export async function loadChampion(entry: LedgerEntry): Promise<Champion> {
  const stored = await loadModel(entry.model_sha256);
  return { entry, stored, plan: await planOf(stored) };
}

async function planOf({ signature }: StoredModel): Promise<Plan | null> {
  const runId = signature.run_id.slice(0, signature.run_id.lastIndexOf('-'));
  return ifThere(() => readJson(keys.plan(runId), planSchema));
}

/** `rows` of the test rows have a probability each; or why none has. */
export type ChampionScores =
  | {
      readonly by: 'model' | 'stored scores';
      readonly rows: readonly number[] | 'all';
      readonly probabilities: Float64Array;
    }
  | { readonly by: null; readonly reason: string };

/**
 * Its own model on its own features, where all of them are still computed as they were; else the scores that were kept when it
 * was measured, if enough of these encounters have one.
 */
export async function scoreChampion({ entry, stored }: Champion, test: LabelledMatrix): Promise<ChampionScores> {
  const own = ownColumns(stored, test);
  if (own !== null) return { by: 'model', rows: 'all', probabilities: probabilities(stored.model, own) };
  const why = `the champion, version ${entry.version}, was trained on features that this code no longer computes`;
  const bytes = await ifThere(() => readObject(keys.model(entry.model_sha256, 'test-scores.bin')));
  if (bytes === null || test.order === undefined) return { by: null, reason: `${why}, and its scores were not kept` };
  const found = decodeScores(bytes, test.order);
  const rows = Array.from(found.keys()).filter((row) => Number.isFinite(found[row]));
  const positives = rows.reduce((sum, row) => sum + test.labels[row], 0);
  const { least } = GATE_LIMITS;
  if (rows.length < least.test.rows || positives < least.test.positives) {
    return { by: null, reason: `${why}, and only ${rows.length} of the test encounters have a score that was kept` };
  }
  return { by: 'stored scores', rows, probabilities: Float64Array.from(rows, (row) => found[row]) };
}

/** The matrix that the champion reads, or null when a feature of its list is computed in another way by now, or not at all. */
function ownColumns({ signature }: StoredModel, all: LabelledMatrix): FeatureMatrix | null {
  const places = signature.features.map((feature) => {
    const text = JSON.stringify([feature.name, feature.kind, feature.levels ?? null, feature.sources]);
    return all.features.findIndex(
      (own) => JSON.stringify([own.name, own.kind, own.levels ?? null, own.sources]) === text,
    );
  });
  if (places.includes(-1)) return null;
  const width = places.length;
  const values = new Float32Array(all.rows * width);
  for (let row = 0; row < all.rows; row++) {
    for (let column = 0; column < width; column++) {
      values[row * width + column] = all.values[row * all.features.length + places[column]];
    }
  }
  return { features: signature.features, rows: all.rows, values };
}

async function ifThere<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}
