// Bearer tokens: what one may do, how it is kept and how it is sent.
import * as z from 'zod';

export const SCOPES = ['predict', 'read', 'metrics', 'outcomes', 'operate'] as const;
export type Scope = (typeof SCOPES)[number];

/** A token as it is kept: only its sha256 is, as part of the key. */
export const accessTokenSchema = z.object({
  name: z.string().min(1),
  scopes: z.array(z.enum(SCOPES)).min(1),
  created_at: z.iso.datetime(),
  /** Seconds since 1970, DynamoDB's time to live; null for a token without an end. */
  expires_at: z.int().nullable(),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;

/** The token in an Authorization header, or null when there is none in the form `Bearer TOKEN`. */
export function bearerToken(authorization: string): string | null {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization.trim())?.[1] ?? null;
}
