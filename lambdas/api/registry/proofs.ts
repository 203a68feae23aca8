// GET /ledger/proof, /ledger/checkpoint and /ledger/keys: what somebody needs to check the ledger without trusting this service.
import type { APIGatewayProxyResult } from 'aws-lambda';
import { checkpointStore } from '../../aws/checkpoints.ts';
import { modelKey } from '../../aws/signing.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { pemOf } from '../../core/provenance/dsse.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import { leafText, ledgerLeaf } from '../../core/transparency/leaf.ts';
import { noteKeyOf } from '../../core/transparency/log.ts';
import { consistencyProof, type Hash, inclusionProof, rootOf } from '../../core/transparency/merkle.ts';
import { noteKeyText } from '../../core/transparency/note.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';
import { verifiedLedger } from './ledger.ts';

type Routes = typeof REGISTRY_ROUTES;
type Proof = Routes['GET /ledger/proof'];

const base64 = (hash: Hash) => Buffer.from(hash).toString('base64');

export async function getProof({ query }: RequestOf<Proof>): Promise<AnswerOf<Proof>> {
  const entries = await verifiedLedger();
  const { from, to = entries.length } = query;
  const { rev = from === undefined ? to : undefined } = query;
  const leaves = entries.slice(0, to).map(ledgerLeaf);
  const smaller = rev ?? from ?? to;
  if (rev !== undefined && from !== undefined) {
    throw new ProblemError(
      'conflict',
      'Give rev, for a proof of inclusion, or from, for one of consistency, not both.',
    );
  }
  if (to > entries.length || smaller > to) {
    throw new ProblemError('conflict', `The ledger has ${entries.length} entries: ${smaller} of ${to} is not within.`);
  }
  const of = { size: to, root: base64(rootOf(leaves)) };
  if (from !== undefined) {
    const hashes = consistencyProof(from, leaves).map(base64);
    return { kind: 'consistency', ...of, from, from_root: base64(rootOf(leaves.slice(0, from))), hashes };
  }
  const entry = entries[smaller - 1];
  if (entry === undefined) throw new ProblemError('not-found', `There is no rev ${smaller}.`);
  const hashes = inclusionProof(smaller - 1, leaves).map(base64);
  return { kind: 'inclusion', ...of, rev: smaller, leaf: leafText(entry), hashes };
}

export async function getCheckpoint(): Promise<APIGatewayProxyResult> {
  const note = await checkpointStore()?.newest();
  if (note) return { statusCode: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: note };
  throw new ProblemError('not-found', 'Nothing was signed yet: each promotion and rollback signs a checkpoint.');
}

export async function getKeys(): Promise<AnswerOf<Routes['GET /ledger/keys']>> {
  const store = checkpointStore();
  const models = modelKey();
  return {
    checkpoints: store === null ? null : noteKeyText(await noteKeyOf(store)),
    models: models === null ? null : pemOf(await models.publicKey()),
  };
}
