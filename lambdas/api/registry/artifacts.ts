// A version's files as they were recorded: what the ledger covers is checked before it is given out.
import { MissingObjectError, readObject } from '../../aws/objects.ts';
import { modelKey } from '../../aws/signing.ts';
import { sha256Hex } from '../../core/canonical.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { DamagedArtifactError, verifiedBytes } from '../../core/provenance/artifact.ts';
import { type ModelManifest, parseManifest, verifiedFile } from '../../core/provenance/model-manifest.ts';
import { openModelSignature } from '../../core/provenance/model-statement.ts';
import { keys, type ModelFile } from '../../core/run/keys.ts';

export interface Registered {
  readonly version: number;
  readonly sha256: string;
}

export interface VerifiedManifest {
  /** The text of model.sig, whose signature holds; null where the model was not signed. */
  readonly signature: string | null;
  readonly manifest: ModelManifest;
  readonly sha256: string;
}

/**
 * The manifest of a registered version; null for a version from before manifests named theirs.
 * @param ledger all entries; those of this version say which model and which manifest it has
 * @throws DamagedArtifactError when version, model and manifest do not belong together
 */
export async function verifiedManifest(
  { version, sha256 }: Registered,
  ledger: readonly LedgerEntry[],
): Promise<VerifiedManifest | null> {
  const key = keys.model(sha256, 'manifest.json');
  const said = ledger.filter((entry) => entry.version === version);
  if (said.some((entry) => entry.model_sha256 !== sha256)) {
    throw new DamagedArtifactError(`version ${version} of the registry`, 'names another model than the ledger');
  }
  const bytes = await readObject(key).catch(absent);
  if (bytes === null)
    return said.length > 0 && said.every((entry) => entry.manifest_sha256 === undefined) ? null : lost(key);
  for (const { manifest_sha256: expected } of said) {
    if (expected !== undefined) verifiedBytes(key, bytes, expected);
  }
  const verified = { manifest: parseManifest(bytes, { version, sha256 }), sha256: sha256Hex(bytes) };
  return { ...verified, signature: await verifiedSignature(verified) };
}

async function verifiedSignature({ manifest, sha256 }: Omit<VerifiedManifest, 'signature'>): Promise<string | null> {
  const name = keys.model(manifest.model_sha256, 'model.sig');
  const key = modelKey();
  const bytes = key === null ? null : await readObject(name).catch(absent);
  if (key === null || bytes === null) return null;
  const bundle = new TextDecoder().decode(bytes);
  const { files, provenance } = openModelSignature(bundle, await key.publicKey(), manifest.model_sha256);
  if (files['manifest.json'] === sha256 && provenance.version === manifest.version) return bundle;
  throw new DamagedArtifactError(name, 'was made for another manifest');
}

/** A JSON file of the model; null where the version has none. @throws DamagedArtifactError */
export async function verifiedJson(
  { sha256 }: Registered,
  verified: VerifiedManifest | null,
  file: ModelFile,
): Promise<unknown> {
  const key = keys.model(sha256, file);
  const bytes = await readObject(key).catch(absent);
  if (bytes === null) return verified?.manifest.files[file] === undefined ? null : lost(key);
  if (verified !== null) verifiedFile(verified.manifest, file, bytes);
  return JSON.parse(new TextDecoder().decode(bytes));
}

function absent(error: unknown): null {
  if (error instanceof MissingObjectError) return null;
  throw error;
}

function lost(key: string): never {
  throw new DamagedArtifactError(key, 'is missing');
}
