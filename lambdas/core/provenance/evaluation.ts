// The evaluation of the model that a ledger entry points to.
import { type Evaluation, evaluationSchema } from '../evaluation/schema.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import { keys } from '../run/keys.ts';
import { verifiedBytes } from './artifact.ts';
import { parseManifest, verifiedFile } from './model-manifest.ts';

/**
 * Reads models/<sha256>/evaluation.json and checks it against the manifest that the entry covers. An entry from before
 * entries covered a manifest covers no evaluation; what is there is taken as it is.
 * @param read reads an object's bytes by its key
 * @throws DamagedArtifactError
 */
export async function verifiedEvaluation(
  { model_sha256: sha256, version, manifest_sha256 }: LedgerEntry,
  read: (key: string) => Promise<Uint8Array>,
): Promise<Evaluation> {
  const bytes = await read(keys.model(sha256, 'evaluation.json'));
  if (manifest_sha256 !== undefined) {
    const key = keys.model(sha256, 'manifest.json');
    const manifest = parseManifest(verifiedBytes(key, await read(key), manifest_sha256), { sha256, version });
    verifiedFile(manifest, 'evaluation.json', bytes);
  }
  return evaluationSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
