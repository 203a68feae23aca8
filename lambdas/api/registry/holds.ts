// POST /holds and /holds/releases: an operator stops the pipeline from promoting, and lets it again.
import { now } from '../../aws/clock.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { holdAt, lastChange } from '../../core/ledger/history.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import type { RequestOf } from '../http/handler.ts';
import { append } from './append.ts';
import { verifiedLedger } from './ledger.ts';

type Routes = typeof REGISTRY_ROUTES;

/** A second hold takes the place of the first: the newest one counts. */
export async function hold({ actor, body }: RequestOf<Routes['POST /holds']>): Promise<LedgerEntry> {
  const { reason, until } = body;
  const end = until === undefined ? {} : { until: new Date(until).toISOString() };
  if (end.until !== undefined && Date.parse(end.until) <= Date.parse(now())) {
    throw new ProblemError('invalid', 'until must lie in the future.', [
      { pointer: '/until', field: 'until', detail: 'must lie in the future', code: 'past' },
    ]);
  }
  const ledger = await verifiedLedger();
  const champion = lastChange(ledger);
  if (champion === null) throw new ProblemError('conflict', 'No model serves yet: there is nothing to hold.');
  return append(ledger, actor, { ...pointerOf(champion), action: 'hold', reason, ...end });
}

export async function release({ actor, body }: RequestOf<Routes['POST /holds/releases']>): Promise<LedgerEntry> {
  const { reason } = body;
  const ledger = await verifiedLedger();
  const champion = lastChange(ledger);
  if (champion === null || holdAt(ledger, now()) === null) {
    throw new ProblemError('conflict', 'No hold stands: there is nothing to release.');
  }
  return append(ledger, actor, { ...pointerOf(champion), action: 'release', reason });
}

/** The entry is the ledger's head from now on, and readers follow the head: it points where the champion's own entry does. */
function pointerOf({ version, model_sha256, evidence, evidence_sha256, manifest_sha256 }: LedgerEntry) {
  return {
    ...{ version, model_sha256, evidence },
    ...(evidence_sha256 === undefined ? {} : { evidence_sha256 }),
    ...(manifest_sha256 === undefined ? {} : { manifest_sha256 }),
  };
}
