// POST /batches/{id}/withdrawals: takes a batch back. Later plans leave it out; giving its file again brings it back.
import { appendClaim, claimEntries } from '../../aws/claims.ts';
import { now } from '../../aws/clock.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { PIPELINE_ROUTES } from '../../core/routes/pipeline.ts';
import { claimEntrySchema, foldClaims } from '../../core/run/claims.ts';
import { withdraw } from '../../core/run/withdraw.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Withdraw = (typeof PIPELINE_ROUTES)['POST /batches/{id}/withdrawals'];

/** The log moves on with each batch that is taken in, so that a second try is not a conflict. */
const ATTEMPTS = 20;

export async function withdrawBatch({ params, body, actor }: RequestOf<Withdraw>): Promise<AnswerOf<Withdraw>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const claims = foldClaims(await claimEntries(claimEntrySchema));
    const answer = withdraw(claims, { batch_id: params.id, reason: body.reason, actor, time: now() });
    if (!answer.ok) throw new ProblemError(answer.why === 'unknown' ? 'not-found' : 'conflict', answer.message);
    if (await appendClaim(answer.entry)) {
      const { batch_id, seq: claim, reason, time } = answer.entry;
      return { batch_id, claim, reason, actor, time };
    }
  }
  throw new ProblemError('conflict', 'Other batches were taken in each time this was tried: try again.');
}
