// Counts of a group of log lines, and their sums: the only thing that monitoring keeps of single predictions.
import { bucketsOf, DURATION_BOUNDS } from './buckets.ts';
import type { CountedLine } from './event-line.ts';

/** All counts of one model version are integers but the sum of probabilities, so that sums are exact in any order. */
export interface ModelCounts {
  readonly version: string;
  /** Answers of class 0 and 1. */
  class_0: number;
  class_1: number;
  /** Requests that predicted; a batch is one. */
  requests: number;
  /** Their durations in microseconds. */
  duration_us: number;
  /** Requests not slower than each bound of DURATION_BOUNDS. */
  readonly buckets: number[];
  /** Sum of the probabilities answered, in ten-thousandths. */
  probability_e4: number;
  /** Answers by warning code. */
  readonly warnings: Map<string, number>;
}

export interface Counts {
  readonly models: Map<string, ModelCounts>;
  /** Encounters or requests that got no answer, by kind of problem. */
  readonly errors: Map<string, number>;
  /** Groups of log lines that were counted. */
  deliveries: number;
  /** Milliseconds since 1970 of the newest line; 0 while there is none. */
  newestEvent: number;
}

export function emptyCounts(): Counts {
  return { models: new Map(), errors: new Map(), deliveries: 0, newestEvent: 0 };
}

export function emptyModelCounts(version: string): ModelCounts {
  const buckets = DURATION_BOUNDS.map(() => 0);
  return {
    version,
    class_0: 0,
    class_1: 0,
    requests: 0,
    duration_us: 0,
    buckets,
    probability_e4: 0,
    warnings: new Map(),
  };
}

/** Adds one line that was written at `time` (milliseconds since 1970). */
export function countLine(counts: Counts, line: CountedLine, time: number): void {
  counts.newestEvent = Math.max(counts.newestEvent, time);
  if (line.event === 'request_error') {
    add(counts.errors, line.error_type, 1);
    return;
  }
  if (line.invalid > 0) add(counts.errors, 'invalid', line.invalid);
  const model = modelOf(counts, line.model_version);
  const answers = line.class_0 + line.class_1;
  const durationUs = Math.round(line.duration_ms * 1000);
  model.class_0 += line.class_0;
  model.class_1 += line.class_1;
  model.requests += 1;
  model.duration_us += durationUs;
  for (const [i, within] of bucketsOf(durationUs).entries()) model.buckets[i] = (model.buckets[i] ?? 0) + within;
  model.probability_e4 += Math.round((line.mean_probability ?? 0) * 1e4) * answers;
  for (const [code, n] of Object.entries(line.warnings)) add(model.warnings, code, n);
}

/** Adds the counts of one shard to a total. */
export function addCounts(total: Counts, part: Counts): void {
  total.deliveries += part.deliveries;
  total.newestEvent = Math.max(total.newestEvent, part.newestEvent);
  for (const [kind, n] of part.errors) add(total.errors, kind, n);
  for (const [version, from] of part.models) {
    const to = modelOf(total, version);
    for (const field of ['class_0', 'class_1', 'requests', 'duration_us', 'probability_e4'] as const)
      to[field] += from[field];
    for (const [i, n] of from.buckets.entries()) to.buckets[i] = (to.buckets[i] ?? 0) + n;
    for (const [code, n] of from.warnings) add(to.warnings, code, n);
  }
}

function modelOf(counts: Counts, version: string): ModelCounts {
  const known = counts.models.get(version);
  if (known !== undefined) return known;
  const made = emptyModelCounts(version);
  counts.models.set(version, made);
  return made;
}

function add(map: Map<string, number>, key: string, n: number): void {
  map.set(key, (map.get(key) ?? 0) + n);
}
