// Whether the model that serves was trained on a batch that is withdrawn by now.
import { MissingObjectError, readJson } from '../../aws/objects.ts';
import { ledgerHead } from '../../aws/registry.ts';
import { verifiedHead } from '../../core/ledger/head.ts';
import type { Claims } from '../../core/run/claims.ts';
import { keys } from '../../core/run/keys.ts';
import { planSchema } from '../../core/run/plan.ts';

/** A sentence for those who decide what serves, or null. The operator has the last word: nothing is rolled back here. */
export async function tellServedWithdrawn({ withdrawn }: Pick<Claims, 'withdrawn'>): Promise<string | null> {
  if (withdrawn.length === 0) return null;
  const head = await ledgerHead(verifiedHead);
  const runId = /^runs\/([^/]+)\//.exec(head?.evidence ?? '')?.[1];
  if (head === null || runId === undefined) return null;
  try {
    const plan = await readJson(keys.plan(runId), planSchema);
    const seen = plan.batches.filter(({ batch_id }) => withdrawn.some(({ batch }) => batch.batch_id === batch_id));
    if (seen.length === 0) return null;
    const ids = seen.map(({ batch_id }) => batch_id).join(', ');
    return `version ${head.version}, which serves, was trained on withdrawn rows (batch ${ids}): POST /rollbacks or /promotions takes another`;
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}
