// Outcomes are only ever added: a correction is one more revision, and which one holds does not depend on their order.
import * as z from 'zod';
import { canonicalJson, sha256Hex } from '../../canonical.ts';
import type { KnownOutcome } from '../cohort/cohort.ts';

/** What was reported of one prediction, as it is kept. */
export const revisionSchema = z.object({
  prediction_id: z.string(),
  readmitted: z.boolean(),
  /** ISO 8601, UTC, so that their order as texts is their order in time. */
  observed_at: z.string(),
  discharged_at: z.string().nullable(),
  source: z.string(),
  actor: z.string(),
  recorded_at: z.string(),
});
export type Revision = Readonly<z.infer<typeof revisionSchema>>;

/** Names what is said: the same report has the same, whoever sends it, however often. */
export function contentOf(said: Omit<Revision, 'prediction_id'>): string {
  const { readmitted, observed_at, discharged_at, source } = said;
  return sha256Hex(canonicalJson([readmitted, observed_at, discharged_at, source])).slice(0, 16);
}

/** The revision that holds of each prediction: the one observed last, of those at one time the one recorded last. */
export function resolve(revisions: readonly Revision[]): KnownOutcome[] {
  const byId = Map.groupBy(revisions, ({ prediction_id }) => prediction_id);
  return [...byId].map(([prediction_id, all]) => ({ prediction_id, readmitted: all.reduce(later).readmitted }));
}

function later(a: Revision, b: Revision): Revision {
  const order = compare(a.observed_at, b.observed_at) || compare(a.recorded_at, b.recorded_at);
  return (order || compare(contentOf(a), contentOf(b))) < 0 ? b : a;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
