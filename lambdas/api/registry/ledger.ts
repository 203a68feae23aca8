// GET /ledger: the whole chain with its verification, and with ?at= who served then.
import { checkpointStore } from '../../aws/checkpoints.ts';
import { now } from '../../aws/clock.ts';
import { ledgerEntries, ledgerMark, servedModel } from '../../aws/registry.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { TamperedLedgerError } from '../../core/ledger/head.ts';
import { holdAt, servedAt } from '../../core/ledger/history.ts';
import { type LedgerCheck, verifyLedger } from '../../core/ledger/verify.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { openCheckpoint } from '../../core/transparency/checkpoint.ts';
import { assertCovers, noteKeyOf } from '../../core/transparency/log.ts';
import { NoteError } from '../../core/transparency/note.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Read = (typeof REGISTRY_ROUTES)['GET /ledger'];

export async function getLedger({ query: { at } }: RequestOf<Read>): Promise<AnswerOf<Read>> {
  const { stored, check } = await readLedger();
  const verification = check.valid
    ? { valid: true, entries: check.entries }
    : { valid: false, entries: stored.length, rev: check.rev, problem: check.problem, text: check.text };
  const readable = stored.flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
  const answer = { ...servedModel(), verification, hold: standingHold(readable), entries: stored };
  if (at === undefined) return answer;
  return { ...answer, at, served: servedAt(readable, at) };
}

/** Mark and checkpoint before the entries, so that an append between the readings is no finding. */
async function readLedger(): Promise<{ stored: unknown[]; check: LedgerCheck }> {
  const store = checkpointStore();
  const [expectedHead, note] = await Promise.all([ledgerMark(), store?.newest() ?? null]);
  const stored = await ledgerEntries();
  const check = verifyLedger(stored, expectedHead === null ? {} : { expectedHead });
  if (!check.valid || store === null || note === null) return { stored, check };
  try {
    assertCovers(openCheckpoint(note, await noteKeyOf(store)), entriesOf(stored));
    return { stored, check };
  } catch (error) {
    if (!(error instanceof TamperedLedgerError || error instanceof NoteError)) throw error;
    return { stored, check: { valid: false, rev: check.entries, problem: 'unlike_checkpoint', text: error.message } };
  }
}

const entriesOf = (stored: readonly unknown[]) => stored.map((entry) => ledgerEntrySchema.parse(entry));

/** The hold that stops the pipeline now, for the answers that show it. */
export function standingHold(entries: readonly LedgerEntry[]) {
  const hold = holdAt(entries, now());
  if (hold === null) return null;
  const { rev, actor, time, reason, until = null } = hold;
  return { rev, actor, time, reason, until };
}

/**
 * All entries, lowest rev first.
 * @throws ProblemError 409 when the chain is broken: nothing may be built on it.
 */
export async function verifiedLedger(): Promise<LedgerEntry[]> {
  const { stored, check } = await readLedger();
  if (!check.valid) throw new ProblemError('conflict', `The ledger was tampered with: ${check.text}. See GET /ledger.`);
  return entriesOf(stored);
}
