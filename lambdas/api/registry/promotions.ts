// POST /promotions and /rollbacks: one more entry of the ledger, by a named operator, for a stated reason.
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { sha256Hex } from '../../core/canonical.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { lastChange, rollbackTarget } from '../../core/ledger/history.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { keys } from '../../core/run/keys.ts';
import type { RequestOf } from '../http/handler.ts';
import { append, assertRev } from './append.ts';
import { type Registered, type VerifiedManifest, verifiedManifest } from './artifacts.ts';
import { verifiedLedger } from './ledger.ts';
import { registered } from './models.ts';

type Routes = typeof REGISTRY_ROUTES;

export async function promote({ actor, body, event }: RequestOf<Routes['POST /promotions']>): Promise<LedgerEntry> {
  const { version, reason, expected_rev } = body;
  const found = await registered(version);
  const ledger = await verifiedLedger();
  assertRev(ledger, event, expected_rev);
  await assertIntact(found.sha256);
  const verified = await verifiedManifest(found, ledger);
  return append(ledger, actor, {
    ...{ version, model_sha256: found.sha256, action: 'promote', reason },
    ...evidenceOf(found, verified),
  });
}

export async function rollBack({ actor, body, event }: RequestOf<Routes['POST /rollbacks']>): Promise<LedgerEntry> {
  const { reason, version: named, expected_rev } = body;
  const ledger = await verifiedLedger();
  assertRev(ledger, event, expected_rev);
  const target = targetOf(ledger, named);
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

/** The named version, which served before and does not now; without a name the one that served before the present one. */
function targetOf(ledger: readonly LedgerEntry[], named: number | undefined): LedgerEntry {
  if (named === undefined) {
    const before = rollbackTarget(ledger);
    if (before !== null) return before;
    throw new ProblemError('conflict', 'No other version served before: there is nothing to go back to.');
  }
  if (lastChange(ledger)?.version === named) {
    throw new ProblemError('conflict', `Version ${named} serves already: someone may have rolled back before you.`);
  }
  const served = lastChange(ledger.filter(({ version }) => version === named));
  if (served !== null) return served;
  throw new ProblemError(
    'conflict',
    `Version ${named} never served: POST /promotions puts it in place for the first time.`,
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
