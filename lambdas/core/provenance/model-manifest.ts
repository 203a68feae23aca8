// models/<sha256>/manifest.json: where a model comes from, and the sha256 of every file that belongs to it.
import * as z from 'zod';
import type { ModelFile } from '../run/keys.ts';
import { keys } from '../run/keys.ts';
import { cleanPartsSchema } from '../run/parts.ts';
import { DamagedArtifactError, verifiedBytes } from './artifact.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const modelManifestSchema = z.object({
  model_sha256: sha256,
  /** Number in the registry: says which version these bytes are. */
  version: z.int().positive(),
  run_id: z.string(),
  plan: z.string(),
  plan_sha256: sha256,
  dataset_sha256: sha256,
  code_version: z.string(),
  /** The clean rows that were trained and tested on, by batch. */
  clean: z.array(cleanPartsSchema.extend({ batch_id: z.int().positive() })),
  /** sha256 of each file beside the manifest. */
  files: z.record(z.string(), sha256),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;

/** @throws DamagedArtifactError when it is the manifest of other bytes or of another version */
export function parseManifest(bytes: Uint8Array, model: { sha256: string; version: number }): ModelManifest {
  const key = keys.model(model.sha256, 'manifest.json');
  const parsed = modelManifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success) throw new DamagedArtifactError(key, 'is not a manifest');
  const manifest = parsed.data;
  if (manifest.model_sha256 !== model.sha256 || manifest.files['model.onnx'] !== model.sha256) {
    throw new DamagedArtifactError(key, 'belongs to another model');
  }
  if (manifest.version !== model.version) {
    throw new DamagedArtifactError(key, `says version ${manifest.version}, the registry says ${model.version}`);
  }
  return manifest;
}

/** The bytes of one file of the model, if they are those of the manifest. @throws DamagedArtifactError */
export function verifiedFile(manifest: ModelManifest, file: ModelFile, bytes: Uint8Array): Uint8Array {
  const key = keys.model(manifest.model_sha256, file);
  const expected = manifest.files[file];
  if (expected === undefined) throw new DamagedArtifactError(key, 'is not in the manifest');
  return verifiedBytes(key, bytes, expected);
}
