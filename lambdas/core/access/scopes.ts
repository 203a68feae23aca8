// What a bearer token may do. The same scopes stand beside the routes in the CDK app.
import * as z from 'zod';

export const SCOPES = ['predict', 'read', 'operate'] as const;
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

/** Method and path patterns of each scope; an operator may also read and predict. */
const PATTERNS: Readonly<Record<Scope, readonly string[]>> = {
  predict: ['POST/predict', 'POST/predict/batch', 'POST/reload-model'],
  // Named one by one, so that a route that shows rows of patients is not read by a pattern.
  read: [
    ...['GET/model-info', 'GET/models', 'GET/models/*', 'GET/runs', 'GET/runs/*', 'GET/ledger'],
    ...['GET/executions', 'GET/executions/*', 'GET/uploads', 'GET/metrics'],
  ],
  operate: ['GET/*', 'POST/*'],
};

/**
 * The execute-api ARNs that a token opens, in the API and stage of a called one.
 * @param methodArn arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH
 */
export function openedResources(scopes: readonly Scope[], methodArn: string): string[] {
  const [api = '', stage = ''] = methodArn.split('/');
  const patterns = new Set(scopes.includes('operate') ? PATTERNS.operate : scopes.flatMap((scope) => PATTERNS[scope]));
  return [...patterns].map((pattern) => `${api}/${stage}/${pattern}`);
}

/** The token in an Authorization header, or null when there is none in the form `Bearer TOKEN`. */
export function bearerToken(authorization: string): string | null {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization.trim())?.[1] ?? null;
}
