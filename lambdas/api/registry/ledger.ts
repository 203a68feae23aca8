// GET /ledger: the whole chain with its verification, and with ?at= who served then.
import { ledgerEntries, ledgerMark, servedModel } from '../../aws/registry.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { servedAt } from '../../core/ledger/history.ts';
import { verifyLedger } from '../../core/ledger/verify.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';

type Read = (typeof REGISTRY_ROUTES)['GET /ledger'];

export async function getLedger({ query: { at } }: RequestOf<Read>): Promise<AnswerOf<Read>> {
  const { stored, check } = await readLedger();
  const verification = check.valid
    ? { valid: true, entries: check.entries }
    : { valid: false, entries: stored.length, rev: check.rev, problem: check.problem, text: check.text };
  const answer = { ...servedModel(), verification, entries: stored };
  if (at === undefined) return answer;
  const readable = stored.flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
  return { ...answer, at, served: servedAt(readable, at) };
}

/** The mark before the entries, so that an append between the two readings is no finding. */
async function readLedger() {
  const expectedHead = await ledgerMark();
  const stored = await ledgerEntries();
  return { stored, check: verifyLedger(stored, expectedHead === null ? {} : { expectedHead }) };
}

/**
 * All entries, lowest rev first.
 * @throws ProblemError 409 when the chain is broken: nothing may be built on it.
 */
export async function verifiedLedger(): Promise<LedgerEntry[]> {
  const { stored, check } = await readLedger();
  if (!check.valid) throw new ProblemError('conflict', `The ledger was tampered with: ${check.text}. See GET /ledger.`);
  return stored.map((entry) => ledgerEntrySchema.parse(entry));
}
