// Whether a version's files are those that the ledger covers, and which entry a prediction was given under.
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, sha256Hex } from '../../lambdas/core/canonical.ts';
import type { LedgerEntry } from '../../lambdas/core/ledger/entry.ts';
import { servedAt } from '../../lambdas/core/ledger/history.ts';
import { parseManifest, verifiedFile } from '../../lambdas/core/provenance/model-manifest.ts';
import { openModelSignature } from '../../lambdas/core/provenance/model-statement.ts';
import { LocalFailure } from '../failure.ts';
import type { Api } from './api.ts';

const bytesOf = (value: unknown) => Buffer.from(canonicalJson(value));

export async function verifyModel(api: Api, entries: readonly LedgerEntry[], version: number, keyPem: string | null) {
  const entry = entries.findLast((found) => found.version === version);
  if (entry === undefined)
    throw new LocalFailure(`Version ${version} is not in the ledger.`, 'Name one that was promoted.');
  const model = await api.model(version);
  const text = bytesOf(model.manifest);
  if (model.sha256 !== entry.model_sha256 || sha256Hex(text) !== entry.manifest_sha256) {
    throw new LocalFailure(`Version ${version} is not the model of the ledger.`, 'Do not trust its predictions.');
  }
  const manifest = parseManifest(text, { sha256: model.sha256, version });
  const files = { 'signature.json': model.signature, 'evaluation.json': model.evaluation, 'card.json': model.card };
  for (const [file, value] of Object.entries(files)) {
    if (file in manifest.files) verifiedFile(manifest, z.enum(FILES).parse(file), bytesOf(value));
  }
  console.log(
    `  model     version ${version}, ${model.sha256}: manifest, evaluation and card are those of rev ${entry.rev}`,
  );
  if (model.model_sig === null || keyPem === null) {
    console.log('  signature none: this model was not signed');
    return;
  }
  const spki = createPublicKey(keyPem).export({ type: 'spki', format: 'der' });
  const signed = openModelSignature(model.model_sig, spki, model.sha256);
  if (signed.files['manifest.json'] !== entry.manifest_sha256) {
    throw new LocalFailure('The signature was made for another manifest.', 'Do not trust this model.');
  }
  console.log(`  signature holds: data ${manifest.dataset_sha256}, code ${manifest.code_version}`);
}

const FILES = ['signature.json', 'evaluation.json', 'card.json'] as const;

const predictionSchema = z.object({ model_version: z.string() });
/** A container may answer with the model before for so long. */
const TIME_TO_LIVE_MS = 15_000;

export function verifyServed(entries: readonly LedgerEntry[], prediction: string, at: string | undefined): void {
  const { model_version: version } = predictionSchema.parse(JSON.parse(prediction));
  const entry = entries.findLast((found) => String(found.version) === version);
  if (entry === undefined)
    throw new LocalFailure(`Version ${version} never served.`, 'The prediction is not of this service.');
  if (at !== undefined) {
    const before = new Date(Date.parse(at) - TIME_TO_LIVE_MS).toISOString();
    const possible = [servedAt(entries, at), servedAt(entries, before)].map((found) => String(found?.version));
    if (!possible.includes(version)) {
      throw new LocalFailure(`At ${at} version ${possible[0]} served, not ${version}.`, 'See GET /ledger.');
    }
  }
  console.log(`  prediction version ${version}: rev ${entry.rev}, ${entry.action} by ${entry.actor} at ${entry.time}`);
}
