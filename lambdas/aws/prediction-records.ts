// Records of predictions in the Metrics table: by UTC day and shard, a delivery's together.
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { SHARDS } from './counters.ts';
import { settings } from './settings.ts';
import { queryItems } from './tables.ts';

const RECORDS = 'delivery#';
const partition = (day: string, shard: number) => `records#${day}#${String(shard).padStart(2, '0')}`;

/** @param delivery hex digits of a sha256, which decide the shard */
export function recordKey(day: string, delivery: string, part: number): { readonly pk: string; readonly sk: string } {
  const shard = Number.parseInt(delivery.slice(0, 8), 16) % SHARDS;
  return { pk: partition(day, shard), sk: `${RECORDS}${delivery}#${String(part).padStart(3, '0')}` };
}

const itemSchema = z.object({ records: z.instanceof(Uint8Array) });

/** The groups of records of a UTC day such as 2026-11-01, a JSON text a delivery. */
export async function recordTexts(day: string): Promise<string[]> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => partition(day, shard));
  const found = await Promise.all(shards.map((pk) => queryItems(settings().metricsTable, pk, RECORDS, itemSchema)));
  return found.flat().map(({ records }) => gunzipSync(records).toString('utf8'));
}
