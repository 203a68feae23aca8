// Counts as items of the Metrics table: one item a model version and one for errors, each attribute a number to add to.
import * as z from 'zod';
import { DURATION_BOUNDS } from './buckets.ts';
import { addCounts, type Counts, emptyCounts, emptyModelCounts } from './counts.ts';

/** What one delivery adds to one item. */
export interface Addition {
  readonly sk: string;
  /** By attribute; never empty, never 0. */
  readonly add: Readonly<Record<string, number>>;
  /** Milliseconds since 1970. */
  readonly newestEvent: number;
  /** Seconds since 1970 after which the item goes; absent for what stays. */
  readonly expiresAt?: number;
}

const MODEL = 'count#model#';
const ERRORS = 'count#errors';
/** All counters of a shard have sort keys with this prefix. */
export const COUNT_PREFIX = 'count#';

const FIELDS = ['class_0', 'class_1', 'requests', 'duration_us', 'probability_e4'] as const;
const WARNING = 'warning#';
const bucketName = (bound: number) => `le#${bound}`;

/** The items to add to, the first of which also counts the delivery. */
export function toAdditions(counts: Counts): Addition[] {
  const items = [...counts.models.values()].map((model) => ({
    sk: `${MODEL}${model.version}`,
    add: nonZero([
      ...FIELDS.map((field) => [field, model[field]] as const),
      ...DURATION_BOUNDS.map((bound, i) => [bucketName(bound), model.buckets[i] ?? 0] as const),
      ...[...model.warnings].map(([code, n]) => [`${WARNING}${code}`, n] as const),
    ]),
  }));
  if (counts.errors.size > 0) items.push({ sk: ERRORS, add: nonZero([...counts.errors]) });
  return items.map(({ sk, add }, i) => ({
    sk,
    add: i === 0 ? { ...add, deliveries: 1 } : add,
    newestEvent: counts.newestEvent,
  }));
}

const itemSchema = z
  .object({ sk: z.string(), deliveries: z.number().default(0), newest_event: z.number().default(0) })
  .catchall(z.unknown());

/** The sum over the items of all shards. @throws ZodError for an item that is none of ours */
export function fromItems(items: readonly unknown[]): Counts {
  const total = emptyCounts();
  for (const item of items) addCounts(total, countsOf(item));
  return total;
}

function countsOf(item: unknown): Counts {
  const counts = emptyCounts();
  const { sk, deliveries, newest_event: newestEvent, pk: _pk, ...rest } = itemSchema.parse(item);
  const values = z.record(z.string(), z.number()).parse(rest);
  counts.deliveries = deliveries;
  counts.newestEvent = newestEvent;
  if (sk === ERRORS) for (const [kind, n] of Object.entries(values)) counts.errors.set(kind, n);
  else if (sk.startsWith(MODEL)) readModel(counts, sk.slice(MODEL.length), values);
  return counts;
}

function readModel(counts: Counts, version: string, values: Readonly<Record<string, number>>): void {
  const model = emptyModelCounts(version);
  for (const field of FIELDS) model[field] = values[field] ?? 0;
  for (const [i, bound] of DURATION_BOUNDS.entries()) model.buckets[i] = values[bucketName(bound)] ?? 0;
  for (const [name, n] of Object.entries(values)) {
    if (name.startsWith(WARNING)) model.warnings.set(name.slice(WARNING.length), n);
  }
  counts.models.set(version, model);
}

function nonZero(entries: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(entries.filter(([, n]) => n !== 0));
}
