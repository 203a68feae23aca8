// POST /promotions and /rollbacks: one more entry of the ledger, by a named operator, for a stated reason.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { now } from '../../aws/clock.ts';
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { appendToLedger, servedModel } from '../../aws/registry.ts';
import { sha256Hex } from '../../core/canonical.ts';
import type { LedgerEntry, LedgerFacts } from '../../core/ledger/entry.ts';
import { rollbackTarget } from '../../core/ledger/history.ts';
import { nextEntry } from '../../core/ledger/next.ts';
import { promotionSchema, rollbackSchema } from '../../core/operations/requests.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { keys } from '../../core/run/keys.ts';
import { json } from '../http/answer.ts';
import { jsonBody, parsed } from '../http/request.ts';
import { verifiedLedger } from './ledger.ts';
import { registered } from './models.ts';
import { operator } from './operator.ts';

const BODY_LIMIT = 16 * 1024;
type Change = Pick<LedgerFacts, 'version' | 'model_sha256' | 'action' | 'reason' | 'evidence'>;

export async function promote(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const actor = operator(event);
  const { version, reason } = parsed(promotionSchema, jsonBody(event, BODY_LIMIT));
  const { sha256 } = await registered(version);
  await assertIntact(sha256);
  const evidence = keys.model(sha256, 'evaluation.json');
  return append(await verifiedLedger(), actor, { version, model_sha256: sha256, action: 'promote', reason, evidence });
}

export async function rollBack(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const actor = operator(event);
  const { reason } = parsed(rollbackSchema, jsonBody(event, BODY_LIMIT));
  const ledger = await verifiedLedger();
  const target = rollbackTarget(ledger);
  if (target === null)
    throw new ProblemError('conflict', 'No other version served before: there is nothing to go back to.');
  const { version, model_sha256, evidence } = target;
  await assertIntact(model_sha256);
  return append(ledger, actor, { version, model_sha256, action: 'rollback', reason, evidence });
}

/** 201 with the new entry. @throws ProblemError 409 when another operator or the pipeline was first. */
async function append(ledger: readonly LedgerEntry[], actor: string, change: Change): Promise<APIGatewayProxyResult> {
  const entry = nextEntry(ledger.at(-1) ?? null, { ...servedModel(), ...change, actor, time: now() });
  if (await appendToLedger(entry)) return json(entry, 201);
  throw new ProblemError(
    'conflict',
    `Rev ${entry.rev} was written by someone else meanwhile: look at GET /ledger, try again.`,
  );
}

/** A model whose bytes are not those of its name would be refused by every reader: do not point at it. */
async function assertIntact(sha256: string): Promise<void> {
  try {
    if (sha256Hex(await readObject(keys.model(sha256, 'model.onnx'))) === sha256) return;
  } catch (error) {
    if (!(error instanceof MissingObjectError)) throw error;
  }
  throw new ProblemError(
    'conflict',
    `models/${sha256}/model.onnx is missing or damaged: restore it, or take another version.`,
  );
}
