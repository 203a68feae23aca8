// GET /models and /models/{version}: what was registered, what serves, and how good it is.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';
import { MissingObjectError, readJson } from '../../aws/objects.ts';
import { ledgerEntries, type ModelVersion, modelVersion, modelVersions, servedModel } from '../../aws/registry.ts';
import { ledgerEntrySchema } from '../../core/ledger/entry.ts';
import { ProblemError } from '../../core/problem/problem.ts';
import { keys, type ModelFile } from '../../core/run/keys.ts';
import { json } from '../http/answer.ts';
import { parsed } from '../http/request.ts';

const pathSchema = z.object({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'expected a version number such as 3')
    .transform(Number),
});

export async function listModels(): Promise<APIGatewayProxyResult> {
  const [versions, entries] = await Promise.all([modelVersions(), readableEntries()]);
  const served = entries.at(-1)?.version ?? null;
  const { model, alias } = servedModel();
  const models = versions.map((found) => ({ ...found, stage: found.version === served ? alias : null }));
  return json({ model_name: model, stage: alias, served_version: served, models });
}

export async function getModel(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { version } = parsed(pathSchema, event.pathParameters ?? {});
  const found = await registered(version);
  const [signature, evaluation, card, entries] = await Promise.all([
    modelObject(found.sha256, 'signature.json'),
    modelObject(found.sha256, 'evaluation.json'),
    modelObject(found.sha256, 'card.json'),
    readableEntries(),
  ]);
  const { model, alias } = servedModel();
  return json({
    model_name: model,
    ...found,
    stage: entries.at(-1)?.version === version ? alias : null,
    history: entries.filter((entry) => entry.version === version),
    signature,
    evaluation,
    card,
  });
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

async function modelObject(sha256: string, file: ModelFile): Promise<unknown> {
  try {
    return await readJson(keys.model(sha256, file), z.unknown());
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}
