// Dead Simple Signing Envelope in a Sigstore bundle, signed with a key: what OpenSSF's model-signing reads as model.sig.
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as z from 'zod';

export const IN_TOTO = 'application/vnd.in-toto+json';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** The bytes that are signed (DSSE v1, pre-authentication encoding): the type is signed together with the payload. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/**
 * The bundle as JSON.
 * @param signature ECDSA over SHA-256 of the pre-authentication encoding, in DER
 * @param spki the public key in DER
 */
export function bundleOf(payload: Uint8Array, signature: Uint8Array, spki: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return JSON.stringify({
    mediaType: BUNDLE,
    verificationMaterial: { publicKey: { hint: keyHint(publicKeyOf(spki)) }, tlogEntries: [] },
    dsseEnvelope: {
      payload: base64(payload),
      payloadType: IN_TOTO,
      signatures: [{ sig: base64(signature), keyid: '' }],
    },
  });
}

const bundleSchema = z.object({
  mediaType: z.literal(BUNDLE),
  dsseEnvelope: z.object({
    payload: z.base64(),
    payloadType: z.literal(IN_TOTO),
    signatures: z.tuple([z.object({ sig: z.base64() })]),
  }),
});

/**
 * The payload of a bundle that the key has signed.
 * @throws SignatureError when it is no such bundle, or another key's, or its content was changed
 */
export function openBundle(bundle: string, spki: Uint8Array): Uint8Array {
  const parsed = bundleSchema.safeParse(json(bundle));
  if (!parsed.success) throw new SignatureError('it is not a Sigstore bundle with one in-toto statement');
  const { payload, payloadType, signatures } = parsed.data.dsseEnvelope;
  const bytes = Buffer.from(payload, 'base64');
  const signed = preAuthEncoding(payloadType, bytes);
  if (verify('sha256', signed, publicKeyOf(spki), Buffer.from(signatures[0].sig, 'base64'))) return bytes;
  throw new SignatureError('the statement was changed, or another key has signed it');
}

/** The public key as PEM, as `openssl` and model-signing take it. */
export const pemOf = (spki: Uint8Array): string => publicKeyOf(spki).export({ type: 'spki', format: 'pem' }).toString();

/** How model-signing names a key: sha256 of its PEM. */
const keyHint = (key: KeyObject) =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'pem' }))
    .digest('hex');

const publicKeyOf = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export class SignatureError extends Error {
  override readonly name = 'SignatureError';
}
