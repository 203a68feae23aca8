// GET /drift: from the sketches of all days, nothing else.
import { now } from '../../aws/clock.ts';
import { readCounters } from '../../aws/counters.ts';
import { DEFAULT_DATASET } from '../../core/dataset/named.ts';
import type { DriftAnswer } from '../../core/loop/performance/answers.ts';
import { driftOf } from '../../core/loop/performance/drift.ts';
import { levelTable } from '../../core/loop/sketch/levels.ts';
import { fromItems, SKETCH_PREFIX } from '../../core/loop/sketch/stored.ts';
import type { OUTCOMES_ROUTES } from '../../core/routes/outcomes.ts';
import type { RequestOf } from '../http/handler.ts';

type Drift = (typeof OUTCOMES_ROUTES)['GET /drift'];

const TABLE = levelTable(DEFAULT_DATASET);

export async function getDrift({ query }: RequestOf<Drift>): Promise<DriftAnswer> {
  const sketches = fromItems(await readCounters(SKETCH_PREFIX));
  return driftOf(sketches, TABLE, query.days ?? 7, Date.parse(now()));
}
