// POST /promotions and /rollbacks: one more entry of the ledger, by a named operator, for a stated reason.
import { checkpointStore } from '../../aws/checkpoints.ts';
import { now } from '../../aws/clock.ts';
import { logLine } from '../../aws/log.ts';
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { appendToLedger, servedModel } from '../../aws/registry.ts';
import { sha256Hex } from '../../core/canonical.ts';
import type { LedgerEntry, LedgerFacts } from '../../core/ledger/entry.ts';
import { rollbackTarget } from '../../core/ledger/history.ts';
import { nextEntry } from '../../core/ledger/next.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { keys } from '../../core/run/keys.ts';
import { publishCheckpoint } from '../../core/transparency/log.ts';
import type { RequestOf } from '../http/handler.ts';
import { type Registered, type VerifiedManifest, verifiedManifest } from './artifacts.ts';
import { verifiedLedger } from './ledger.ts';
import { registered } from './models.ts';

type Routes = typeof REGISTRY_ROUTES;
type Change = Omit<LedgerFacts, 'model' | 'alias' | 'actor' | 'time'>;

export async function promote({ actor, body }: RequestOf<Routes['POST /promotions']>): Promise<LedgerEntry> {
  const { version, reason } = body;
  const found = await registered(version);
  const ledger = await verifiedLedger();
  await assertIntact(found.sha256);
  const verified = await verifiedManifest(found, ledger);
  return append(ledger, actor, {
    ...{ version, model_sha256: found.sha256, action: 'promote', reason },
    ...evidenceOf(found, verified),
  });
}

export async function rollBack({ actor, body }: RequestOf<Routes['POST /rollbacks']>): Promise<LedgerEntry> {
  const { reason } = body;
  const ledger = await verifiedLedger();
  const target = rollbackTarget(ledger);
  if (target === null)
    throw new ProblemError('conflict', 'No other version served before: there is nothing to go back to.');
  const { version, model_sha256, evidence, evidence_sha256, manifest_sha256 } = target;
  await assertIntact(model_sha256);
  return append(ledger, actor, {
    ...{ version, model_sha256, action: 'rollback', reason, evidence },
    ...(evidence_sha256 === undefined ? {} : { evidence_sha256 }),
    ...(manifest_sha256 === undefined ? {} : { manifest_sha256 }),
  });
}

/** An operator's evidence is the version's own evaluation, by the hash that its manifest has. */
function evidenceOf({ sha256 }: Registered, verified: VerifiedManifest | null) {
  const evidence = keys.model(sha256, 'evaluation.json');
  const evaluated = verified?.manifest.files['evaluation.json'];
  return {
    evidence,
    ...(evaluated === undefined ? {} : { evidence_sha256: evaluated }),
    ...(verified === null ? {} : { manifest_sha256: verified.sha256 }),
  };
}

/** The new entry. @throws ProblemError 409 when another operator or the pipeline was first. */
async function append(ledger: readonly LedgerEntry[], actor: string, change: Change): Promise<LedgerEntry> {
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
