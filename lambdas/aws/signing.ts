// Signing: with keys in KMS on AWS; offline with PEM files beside the local cloud that their owner alone can read.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import { settings } from './settings.ts';

/** A signing key by its reference: `file:/path/name` with name.pem and name.pub.pem, or the ARN of a KMS key. */
export interface SigningKey {
  /** SubjectPublicKeyInfo in DER. */
  publicKey(): Promise<Uint8Array>;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** ECDSA on P-256 over SHA-256, signatures in DER. Null where nothing is signed: a cloud of others, which has no keys of ours. */
export const modelKey = (): SigningKey | null => keyOf(settings().modelKey, 'sha256', ecdsaInput);

/** Ed25519. Null as for modelKey. */
export const checkpointKey = (): SigningKey | null => keyOf(settings().checkpointKey, null, ed25519Input);

type KmsInput = (message: Uint8Array) => Omit<SignCommandInput, 'KeyId'>;

// A statement may be longer than the 4,096 bytes that KMS takes as they are; a checkpoint never is.
const ecdsaInput: KmsInput = (message) => ({
  Message: createHash('sha256').update(message).digest(),
  MessageType: 'DIGEST',
  SigningAlgorithm: 'ECDSA_SHA_256',
});
const ed25519Input: KmsInput = (message) => ({
  Message: message,
  MessageType: 'RAW',
  SigningAlgorithm: 'ED25519_SHA_512',
});

function keyOf(reference: string | undefined, digest: 'sha256' | null, input: KmsInput): SigningKey | null {
  if (reference === undefined) return null;
  const publicKey = () => publicKeyOf(reference);
  if (reference.startsWith('file:')) {
    const file = `${reference.slice('file:'.length)}.pem`;
    return { publicKey, sign: async (message) => sign(digest, message, createPrivateKey(await readFile(file))) };
  }
  return {
    publicKey,
    sign: async (message) => {
      const { Signature } = await kms().send(new SignCommand({ KeyId: reference, ...input(message) }));
      return Signature ?? fail(reference);
    },
  };
}

const known = new Map<string, Uint8Array>();

/** Keys never change under their reference: read once. */
async function publicKeyOf(reference: string): Promise<Uint8Array> {
  const cached = known.get(reference);
  if (cached !== undefined) return cached;
  const spki = reference.startsWith('file:')
    ? createPublicKey(await readFile(`${reference.slice('file:'.length)}.pub.pem`)).export({
        type: 'spki',
        format: 'der',
      })
    : ((await kms().send(new GetPublicKeyCommand({ KeyId: reference }))).PublicKey ?? fail(reference));
  known.set(reference, spki);
  return spki;
}

let client: KMSClient | undefined;
function kms(): KMSClient {
  client ??= new KMSClient({ maxAttempts: 4 });
  return client;
}

function fail(reference: string): never {
  throw new SigningError(reference);
}

export class SigningError extends Error {
  override readonly name = 'SigningError';
  constructor(key: string) {
    super(`the key ${key} gave no answer: see whether it is enabled, then try again`);
  }
}
