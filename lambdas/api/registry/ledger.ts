// GET /ledger: the whole chain with its verification, and with ?at= who served then.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { ledgerEntries, servedModel } from '../../aws/registry.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { servedAt } from '../../core/ledger/history.ts';
import { verifyLedger } from '../../core/ledger/verify.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { json } from '../http/answer.ts';
import { parsed } from '../http/request.ts';

const querySchema = z.object({
  at: z.iso.datetime({ offset: true, error: 'expected a time such as 2026-11-01T00:00:00Z' }).optional(),
});

export async function getLedger(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { at } = parsed(querySchema, event.queryStringParameters ?? {});
  const stored = await ledgerEntries();
  const check = verifyLedger(stored);
  const verification = check.valid
    ? { valid: true, entries: check.entries }
    : { valid: false, entries: stored.length, rev: check.rev, problem: check.problem, text: check.text };
  const answer = { ...servedModel(), verification, entries: stored };
  if (at === undefined) return json(answer);
  const readable = stored.flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
  return json({ ...answer, at, served: servedAt(readable, at) });
}

/**
 * All entries, lowest rev first.
 * @throws ProblemError 409 when the chain is broken: nothing may be built on it.
 */
export async function verifiedLedger(): Promise<LedgerEntry[]> {
  const stored = await ledgerEntries();
  const check = verifyLedger(stored);
  if (!check.valid) throw new ProblemError('conflict', `The ledger was tampered with: ${check.text}. See GET /ledger.`);
  return stored.map((entry) => ledgerEntrySchema.parse(entry));
}
