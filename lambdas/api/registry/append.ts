// One more entry of the ledger by a person, if it is still the ledger that they looked at.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { checkpointStore } from '../../aws/checkpoints.ts';
import { now } from '../../aws/clock.ts';
import { logLine } from '../../aws/log.ts';
import { appendToLedger, servedModel } from '../../aws/registry.ts';
import type { LedgerEntry, LedgerFacts } from '../../core/ledger/entry.ts';
import { nextEntry } from '../../core/ledger/next.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { publishCheckpoint } from '../../core/transparency/log.ts';

export type Change = Omit<LedgerFacts, 'model' | 'alias' | 'actor' | 'time'>;

/** The new entry. @throws ProblemError 409 when another operator or the pipeline was first. */
export async function append(ledger: readonly LedgerEntry[], actor: string, change: Change): Promise<LedgerEntry> {
  const entry = nextEntry(ledger.at(-1) ?? null, { ...servedModel(), ...change, actor, time: now() });
  if (await appendToLedger(entry)) {
    await sign([...ledger, entry]);
    return entry;
  }
  throw new ProblemError(
    'conflict',
    `Rev ${entry.rev} was written by someone else meanwhile: look at GET /ledger, try again.`,
  );
}

/** The entry stands, whatever becomes of its checkpoint: the next one covers it too, and the log says that this one failed. */
async function sign(ledger: readonly LedgerEntry[]): Promise<void> {
  const store = checkpointStore();
  if (store === null) return;
  try {
    await publishCheckpoint(ledger, store);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
    logLine({ event: 'checkpoint_failed', rev: ledger.length, error: name, message });
  }
}

/**
 * @param expected from the body; an If-Match header says the same
 * @throws ProblemError 412 when the ledger has another rev than the caller looked at, 422 for an If-Match that is no rev.
 */
export function assertRev(
  ledger: readonly LedgerEntry[],
  { headers }: Pick<APIGatewayProxyEvent, 'headers'>,
  expected: number | undefined,
): void {
  const header = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'if-match')?.[1];
  const rev = ledger.at(-1)?.rev ?? 0;
  for (const asked of [expected, header === undefined ? undefined : revOf(header)]) {
    if (asked === undefined || asked === rev) continue;
    const last = ledger.at(-1);
    const what =
      last === undefined
        ? 'it is empty'
        : `${last.actor} wrote ${last.action} of version ${last.version}: ${last.reason}`;
    throw new ProblemError(
      'rev-changed',
      `You expect rev ${asked}, the ledger is at rev ${rev} (${what}). Nothing was changed.`,
    );
  }
}

function revOf(header: string): number {
  const rev = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (rev !== undefined) return Number(rev);
  throw new ProblemError('invalid', 'If-Match must hold a rev of the ledger, such as If-Match: "7".');
}
