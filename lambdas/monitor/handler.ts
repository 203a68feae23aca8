// The monitor: keeps each delivery of prediction log lines in the data bucket and adds it to the counters, once.
import { setTimeout } from 'node:timers/promises';
import { addOnce, type Delivery } from '../aws/counters.ts';
import { logLine } from '../aws/log.ts';
import { putImmutable } from '../aws/objects.ts';
import { countLine, emptyCounts } from '../core/exposition/counts.ts';
import { toAdditions } from '../core/exposition/stored.ts';
import { keys } from '../core/run/keys.ts';
import { type Lines, readDelivery, type TimedLine } from './delivery.ts';

export type Monitored = { readonly lines: number; readonly outcome: 'counted' | 'known' | 'nothing' };

const ATTEMPTS = 12;
/** Lambda gives up an asynchronous event after six hours; operators may send one again for a while longer. */
const REMEMBERED_SECONDS = 14 * 24 * 3600;

export async function handler(event: unknown): Promise<Monitored> {
  const { id, lines } = readDelivery(event);
  if (lines.length === 0) return { lines: 0, outcome: 'nothing' };
  // First the log, then the count: whatever fails in between is repeated, with the same bytes under the same key.
  await keepLog(id, lines);
  const outcome = await count({ id, lines });
  logLine({ event: 'monitored', delivery: id, lines: lines.length, outcome });
  return { lines: lines.length, outcome };
}

async function keepLog(id: string, lines: readonly TimedLine[]): Promise<void> {
  const rows = lines.map(
    ({ time, line }) => `{"time":"${new Date(time).toISOString()}",${JSON.stringify(line).slice(1)}`,
  );
  const date = new Date(lines[0]?.time ?? 0).toISOString().slice(0, 10);
  await putImmutable(keys.predictions(date, id), `${rows.join('\n')}\n`, 'application/x-ndjson');
}

async function count({ id, lines }: Lines): Promise<'counted' | 'known'> {
  const counts = emptyCounts();
  for (const { line, time } of lines) countLine(counts, line, time);
  const expiresAt = Math.ceil(counts.newestEvent / 1000) + REMEMBERED_SECONDS;
  const delivery: Delivery = { id, additions: toAdditions(counts), expiresAt };
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
