// The monitor: keeps the records of each delivery of prediction log lines and adds it to counters and sketches, once.
import { setTimeout } from 'node:timers/promises';
import { addOnce, type Delivery } from '../aws/counters.ts';
import { logLine } from '../aws/log.ts';
import { settings } from '../aws/settings.ts';
import { putItem } from '../aws/tables.ts';
import { countLine, emptyCounts } from '../core/exposition/counts.ts';
import { toAdditions } from '../core/exposition/stored.ts';
import { type Lines, readDelivery } from './delivery.ts';
import { encounterItems, keptItems, sketchAdditions } from './keep.ts';

export type Monitored = { readonly lines: number; readonly outcome: 'counted' | 'known' | 'nothing' };

const ATTEMPTS = 12;
/** Lambda gives up an asynchronous event after six hours; operators may send one again for a while longer. */
const REMEMBERED_SECONDS = 14 * 24 * 3600;

export async function handler(event: unknown): Promise<Monitored> {
  const { id, lines } = readDelivery(event);
  if (lines.length === 0) return { lines: 0, outcome: 'nothing' };
  // What may be put again comes first: whatever fails in between is repeated.
  await Promise.all(encounterItems({ id, lines }).map((item) => putItem(settings().metricsTable, item)));
  const outcome = await count({ id, lines });
  logLine({ event: 'monitored', delivery: id, lines: lines.length, outcome });
  return { lines: lines.length, outcome };
}

async function count(delivered: Lines): Promise<'counted' | 'known'> {
  const counts = emptyCounts();
  const { id, lines } = delivered;
  for (const { line, time } of lines) countLine(counts, line, time);
  const expiresAt = Math.ceil(counts.newestEvent / 1000) + REMEMBERED_SECONDS;
  const additions = [...toAdditions(counts), ...sketchAdditions(delivered, counts.newestEvent)];
  const delivery: Delivery = { id, additions, kept: keptItems(delivered), expiresAt };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await addOnce(delivery, attempt);
    if (outcome !== 'busy') return outcome;
    await setTimeout(Math.random() * 20 * 2 ** Math.min(attempt, 6));
  }
  throw new CountersBusyError();
}

export class CountersBusyError extends Error {
  override readonly name = 'CountersBusyError';
  constructor() {
    super('other writers were at the counters each time; Lambda delivers these lines again');
  }
}
