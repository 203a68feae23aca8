// The in-toto statement that is signed for a model: data hashes -> code version -> model -> evaluation.
// Its form is that of OpenSSF's model-signing 1.0: one subject, and each file of the folder as a resource of the predicate.
import * as z from 'zod';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { keys } from '../run/keys.ts';
import { DamagedArtifactError } from './artifact.ts';
import { openBundle, SignatureError } from './dsse.ts';
import { type ModelManifest, modelManifestSchema } from './model-manifest.ts';

const STATEMENT = 'https://in-toto.io/Statement/v1';
const PREDICATE = 'https://model_signing/signature/v1.0';

/** Where the model comes from: the manifest without the list of files, which are the statement's resources. */
const provenanceSchema = modelManifestSchema.omit({ files: true });

const statementSchema = z.object({
  _type: z.literal(STATEMENT),
  predicateType: z.literal(PREDICATE),
  subject: z.tuple([z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })]),
  predicate: z.object({
    resources: z.array(z.object({ name: z.string(), algorithm: z.literal('sha256'), digest: z.string() })),
    provenance: provenanceSchema,
  }),
});

/** The statement's bytes. @param manifestSha256 of manifest.json, which is one of the files of the folder */
export function modelStatement(manifest: ModelManifest, manifestSha256: string): Uint8Array {
  const { files, ...provenance } = manifest;
  const resources = Object.entries({ ...files, 'manifest.json': manifestSha256 })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digest]) => ({ name, algorithm: 'sha256', digest }));
  // The digest of the folder: of all its files' digests in the order of the resources.
  const folder = sha256Hex(Buffer.concat(resources.map(({ digest }) => Buffer.from(digest, 'hex'))));
  const statement = {
    _type: STATEMENT,
    subject: [{ name: manifest.model_sha256, digest: { sha256: folder } }],
    predicateType: PREDICATE,
    predicate: {
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: ['model.sig'] },
      resources,
      provenance,
    },
  };
  return Buffer.from(canonicalJson(statement));
}

export interface SignedModel {
  readonly provenance: z.infer<typeof provenanceSchema>;
  /** sha256 by file name; manifest.json among them. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * What the key has signed of a model.
 * @param sha256 names the folder models/<sha256>/ that the bundle lies in
 * @throws DamagedArtifactError when the signature does not hold or was made for another model
 */
export function openModelSignature(bundle: string, spki: Uint8Array, sha256: string): SignedModel {
  const key = keys.model(sha256, 'model.sig');
  try {
    const payload = Buffer.from(openBundle(bundle, spki)).toString();
    const { predicate } = statementSchema.parse(JSON.parse(payload));
    const files = Object.fromEntries(predicate.resources.map(({ name, digest }) => [name, digest]));
    if (predicate.provenance.model_sha256 !== sha256 || files['model.onnx'] !== sha256) {
      throw new SignatureError('it was made for another model');
    }
    return { provenance: predicate.provenance, files };
  } catch (error) {
    if (error instanceof SignatureError) throw new DamagedArtifactError(key, `is not to be believed: ${error.message}`);
    if (error instanceof z.ZodError) throw new DamagedArtifactError(key, 'is not a signature of a model');
    throw error;
  }
}
