// Outcomes in the Metrics table: by the UTC day of the prediction, each revision an item that is written once.
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Revision } from '../core/loop/outcome/revisions.ts';
import { settings } from './settings.ts';
import { type Item, putItemIfAbsent, queryItems } from './tables.ts';

/** As records: a cohort and what became of it go together. */
const KEPT_SECONDS = 400 * 24 * 3600;

const dayPartition = (day: string) => `outcomes#${day}`;

/** All revisions of outcomes of predictions of a UTC day. */
export function revisionsOf<T>(day: string, schema: z.ZodType<T>): Promise<T[]> {
  return queryItems(settings().metricsTable, dayPartition(day), 'outcome#', schema);
}

export type Kept = 'recorded' | 'corrected' | 'known';

/**
 * Writes a revision unless the same was reported before.
 * @param day UTC day of the prediction
 * @param content names what is said
 */
export async function keepRevision(day: string, content: string, revision: Revision): Promise<Kept> {
  const pk = dayPartition(day);
  const prefix = `outcome#${revision.prediction_id}#`;
  const table = settings().metricsTable;
  const item: Item = { pk, sk: prefix + content, ...revision, ...expiry(revision) };
  if (!(await putItemIfAbsent(table, item))) return 'known';
  const all = await queryItems(table, pk, prefix, z.object({ sk: z.string() }));
  return all.length > 1 ? 'corrected' : 'recorded';
}

/** Keeps an outcome of an encounter that no prediction is known of: it holds nothing but the hash and what was said. */
export async function keepUnmatched(
  encounter: string,
  content: string,
  revision: Omit<Revision, 'prediction_id'>,
): Promise<Kept> {
  const sk = `outcome#${encounter}#${content}`;
  const item: Item = { pk: 'outcomes#unmatched', sk, encounter, ...revision, ...expiry(revision) };
  return (await putItemIfAbsent(settings().metricsTable, item)) ? 'recorded' : 'known';
}

/** Names of the predictions of an encounter, by the keyed hash of its reference. */
export async function predictionsOfEncounter(encounter: string): Promise<string[]> {
  const found = await queryItems(
    settings().metricsTable,
    `encounter#${encounter}`,
    'prediction#',
    z.object({ prediction_id: z.string() }),
  );
  return found.map(({ prediction_id }) => prediction_id);
}

/** The item that lets an outcome find a prediction by the encounter's hash. */
export function encounterItem(encounter: string, prediction_id: string, expires_at: number): Item {
  return { pk: `encounter#${encounter}`, sk: `prediction#${prediction_id}`, prediction_id, expires_at };
}

/** Keyed hash of a reference: without the key nobody can try references against what is stored. 32 hex digits. */
export function hashReference(key: Uint8Array, reference: string): string {
  return createHmac('sha256', key).update(reference).digest('hex').slice(0, 32);
}

const expiry = ({ observed_at }: Pick<Revision, 'observed_at'>) => ({
  expires_at: Math.ceil(Date.parse(observed_at) / 1000) + KEPT_SECONDS,
});
