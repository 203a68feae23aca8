// What is kept of a delivery: its records as items, a group of many in one, and what it adds to the sketches.
import { gzipSync } from 'node:zlib';
import { encounterItem } from '../aws/outcomes.ts';
import { recordKey } from '../aws/prediction-records.ts';
import type { Item } from '../aws/tables.ts';
import type { Addition } from '../core/exposition/stored.ts';
import { dayOf } from '../core/loop/cohort/cohort.ts';
import { type RecordGroup, recordGroupSchema, recordsOf } from '../core/loop/record/record.ts';
import { sketchesOf } from '../core/loop/sketch/of-lines.ts';
import { toItems } from '../core/loop/sketch/stored.ts';
import type { PredictionLine } from '../core/serving/prediction-line.ts';
import type { Lines } from './delivery.ts';

/** Records and sketches go after so long: a year and its cohorts' ripening can be looked back on. */
export const KEPT_SECONDS = 400 * 24 * 3600;
/** An item takes 400 KB; a group compresses to less than its text. */
const ITEM_CHARACTERS = 300_000;

/** Items by day of the predictions, the same for the same lines; empty where there is no prediction to keep. */
export function keptItems({ id, lines }: Lines): Item[] {
  const groups = lines.flatMap(({ line }) => (line.event === 'prediction' ? groupOf(line) : []));
  const byDay = Map.groupBy(groups, ({ time }) => dayOf(time));
  return [...byDay].flatMap(([day, ofDay]) =>
    chunks(ofDay).map((chunk, part) => ({
      ...recordKey(day, id, part),
      records: gzipSync(JSON.stringify(chunk)),
      predictions: chunk.reduce((sum, { answers }) => sum + answers.index.length, 0),
      expires_at: Math.ceil(Date.parse(`${day}T00:00:00Z`) / 1000) + KEPT_SECONDS,
    })),
  );
}

/** Items by which an outcome that names its encounter finds the predictions; they may be put again. */
export function encounterItems({ lines }: Lines): Item[] {
  const records = lines.flatMap(({ line }) => (line.event === 'prediction' ? groupOf(line) : [])).flatMap(recordsOf);
  return records.flatMap(({ encounter, prediction_id, time }) =>
    encounter === null ? [] : [encounterItem(encounter, prediction_id, Math.ceil(time / 1000) + KEPT_SECONDS)],
  );
}

export function sketchAdditions({ lines }: Lines, newestEvent: number): Addition[] {
  const predictions = lines.flatMap(({ line }) => (line.event === 'prediction' ? [line] : []));
  const expiresAt = Math.ceil(newestEvent / 1000) + KEPT_SECONDS;
  return sketchesOf(predictions)
    .flatMap(toItems)
    .map(({ sk, add }) => ({ sk, add, newestEvent, expiresAt }));
}

function groupOf({ request_id, model_version, recorded }: PredictionLine): RecordGroup[] {
  if (recorded === undefined || recorded.answers.index.length === 0) return [];
  const { levels: _, ...common } = recorded;
  return [recordGroupSchema.parse({ request_id, model_version, ...common })];
}

function chunks(groups: readonly RecordGroup[]): RecordGroup[][] {
  const made: RecordGroup[][] = [];
  let room = 0;
  for (const group of groups) {
    const size = JSON.stringify(group).length;
    if (room < size) {
      made.push([]);
      room = ITEM_CHARACTERS;
    }
    made.at(-1)?.push(group);
    room -= size;
  }
  return made;
}
