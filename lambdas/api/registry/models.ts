// GET /models and /models/{version}: what was registered, what serves, and how good it is.
import { ledgerEntries, type ModelVersion, modelVersion, modelVersions, servedModel } from '../../aws/registry.ts';
import { ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import type { REGISTRY_ROUTES } from '../../core/routes/registry.ts';
import type { AnswerOf, RequestOf } from '../http/handler.ts';
import { verifiedJson, verifiedManifest } from './artifacts.ts';
import { standingHold } from './ledger.ts';

type List = (typeof REGISTRY_ROUTES)['GET /models'];
type Detail = (typeof REGISTRY_ROUTES)['GET /models/{version}'];

export async function listModels(): Promise<AnswerOf<List>> {
  const [versions, entries] = await Promise.all([modelVersions(), readableEntries()]);
  const served = entries.at(-1)?.version ?? null;
  const { model, alias } = servedModel();
  const models = versions.map((found) => ({ ...found, stage: found.version === served ? alias : null }));
  return { model_name: model, stage: alias, served_version: served, hold: standingHold(entries), models };
}

export async function getModel({ params: { version } }: RequestOf<Detail>): Promise<AnswerOf<Detail>> {
  const found = await registered(version);
  const entries = await readableEntries();
  const verified = await verifiedManifest(found, entries);
  const [signature, evaluation, card] = await Promise.all([
    verifiedJson(found, verified, 'signature.json'),
    verifiedJson(found, verified, 'evaluation.json'),
    verifiedJson(found, verified, 'card.json'),
  ]);
  const { model, alias } = servedModel();
  return {
    model_name: model,
    ...found,
    stage: entries.at(-1)?.version === version ? alias : null,
    history: entries.filter((entry) => entry.version === version),
    signature,
    manifest: verified?.manifest ?? null,
    model_sig: verified?.signature ?? null,
    evaluation,
    card,
  };
}

/** @throws ProblemError 404 for a version that was never registered. */
export async function registered(version: number): Promise<ModelVersion> {
  const found = await modelVersion(version);
  if (found === null) throw new ProblemError('not-found', `There is no version ${version}; GET /models lists them.`);
  return found;
}

async function readableEntries() {
  return (await ledgerEntries()).flatMap((entry) => ledgerEntrySchema.safeParse(entry).data ?? []);
}
