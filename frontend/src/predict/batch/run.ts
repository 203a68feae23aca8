// Sends the encounters of a file in portions and gathers the answers in the file's order.
import { type BatchItem, batchSchema } from '../../../../lambdas/core/serving/answers.ts';
import { request } from '../../api/client.ts';
import type { Body } from '../draft.ts';

export interface BatchResult {
  readonly items: readonly BatchItem[];
  readonly modelVersions: readonly string[];
}

const PORTION = 500;

/** @throws ApiProblem, Unreachable; an encounter that does not fit is an item with its error instead. */
export async function predictAll(
  bodies: readonly Body[],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<BatchResult> {
  const items: BatchItem[] = [];
  const versions = new Set<string>();
  for (let from = 0; from < bodies.length; from += PORTION) {
    const encounters = bodies.slice(from, from + PORTION);
    const answer = await request('POST', '/predict/batch', { schema: batchSchema, body: { encounters }, signal });
    items.push(...answer.results.map((item) => ({ ...item, index: from + item.index })));
    versions.add(answer.model_version);
    onProgress(items.length);
  }
  return { items, modelVersions: [...versions] };
}
